"""Old texts find their continuations."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.matching import match

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
