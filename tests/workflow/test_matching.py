"""Old texts find their continuations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow import matching
from workflow.matching import WINDOW, match

TEXTS = st.lists(
    st.sampled_from(["Open.", "Closed.", "The door is open.", "The door was open.", "Bring a friend."]), max_size=12
)


def same(old: list[str], new: list[str]) -> list[int | None]:
    return match(old, new, old, new)


@given(TEXTS)
def test_an_unchanged_list_matches_itself(texts: list[str]) -> None:
    assert same(texts, texts) == list(range(len(texts)))


@given(TEXTS, TEXTS)
def test_no_old_text_is_used_twice_and_no_exact_one_is_lost(old: list[str], new: list[str]) -> None:
    found = same(old, new)
    used = [i for i in found if i is not None]
    assert len(used) == len(set(used))
    for text in set(new):
        exact = sum(1 for j, i in enumerate(found) if new[j] == text and i is not None and old[i] == text)
        assert exact == min(old.count(text), new.count(text))


def test_a_moved_text_is_found_where_it_went() -> None:
    assert same(["One.", "Two.", "Three."], ["Three.", "One.", "Two."]) == [2, 0, 1]


def test_a_changed_text_continues_the_one_it_resembles() -> None:
    old = ["The library opens at nine.", "Bring your card.", "Dogs must wait outside."]
    new = ["The library opens at ten.", "Coffee is free.", "Dogs must wait outside."]
    assert same(old, new) == [0, None, 2]


def test_an_old_text_that_is_not_known_is_matched_by_its_key_alone() -> None:
    assert match([None, None], ["a", "b"], ["k1", "k2"], ["k2", "k3"]) == [1, None]


@given(TEXTS, st.lists(st.text(alphabet="äöü", min_size=30, max_size=30), min_size=1, max_size=8, unique=True))
def test_a_block_that_moved_continues_itself_however_often_its_texts_come(texts: list[str], block: list[str]) -> None:
    before = [*texts, *block]
    found = same(before, [*block, *texts])
    assert found[: len(block)] == list(range(len(texts), len(before)))


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=20, max_size=40), min_size=1, max_size=30, unique=True))
def test_texts_that_all_changed_in_place_continue_what_they_were(texts: list[str]) -> None:
    found = same(texts, [f"{text} {number}" for number, text in enumerate(texts)])
    assert sorted(i for i in found if i is not None) == list(range(len(texts)))


def test_the_number_of_comparisons_grows_with_the_number_of_texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def ratio(_old: str, _new: str, *, score_cutoff: float) -> float:
        nonlocal compared
        compared += 1
        return score_cutoff

    monkeypatch.setattr(matching.fuzz, "ratio", ratio)
    size = 2_000
    same([f"old {number}" for number in range(size)], [f"new {number}" for number in range(size)])
    assert compared <= 2 * WINDOW * size
