"""An explanation names what anybody can check: the shared number, the word pair, the bead that could stand instead."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments import Bead, align, find_sections
from segments.alignment import Explanation, explain
from segments.alignment.rivals import rivals
from segments.errors import AlignmentError

SOURCE = [
    "The boat is red.",
    "A boat costs 900 crowns.",
    "The door is old.",
    "An old boat sinks.",
    "Close the red door!",
    "The old man sleeps.",
    "My boat swims.",
    "Where is her boat?",
    "Boat for hire.",
    "Her door is small.",
]
TARGET = [
    "Das Boot ist rot.",
    "Ein Boot kostet 900 Kronen.",
    "Die Tür ist alt.",
    "Ein altes Boot sinkt.",
    "Schließ die rote Tür!",
    "Der alte Mann schläft.",
    "Mein Boot schwimmt.",
    "Wo ist ihr Boot?",
    "Boot zu vermieten.",
    "Ihre Tür ist klein.",
]
BEADS = [Bead(range(n, n + 1), range(n, n + 1), confidence=0.9 - n / 100) for n in range(10)]


def explained(number: int) -> Explanation:
    (found,) = explain(SOURCE, TARGET, "en", "de", BEADS, which=[number])
    return found


def test_an_explanation_names_shared_numbers_and_word_pairs() -> None:
    found = explained(1)
    assert ("900", found.anchors[0][1]) == found.anchors[0]
    assert found.anchors[0][1] > 0
    assert ("boat", "boot") in [(pair.source, pair.target) for pair in found.pairs]
    assert "boat" not in found.source_alone


@pytest.mark.parametrize("number", [-1, 10])
def test_a_bead_that_does_not_exist_cannot_be_explained(number: int) -> None:
    with pytest.raises(AlignmentError, match=f"There is no bead {number} among 10"):
        explained(number)


def test_beads_of_other_texts_are_refused() -> None:
    for ask in (partial(explain, which=[0]), find_sections):
        with pytest.raises(AlignmentError, match="bead 4:5 = 4:5 is not a part of texts of 4 and 9 sentences"):
            ask(SOURCE[:4], TARGET[:9], "en", "de", BEADS)


def test_a_word_pair_of_this_bead_alone_explains_nothing() -> None:
    pairs = {word for pair in explained(5).pairs for word in (pair.source, pair.target)}
    assert {"sleep", "schlä"}.isdisjoint(pairs)


def test_a_bead_that_is_right_has_more_for_it_than_what_could_stand_instead() -> None:
    found = explained(1)
    assert found.margin > 0
    assert found.runner_up
    assert (range(1, 2), range(1, 2)) not in found.runner_up
    assert found.evidence.total > 0 > found.evidence.shape


def test_a_bead_that_is_wrong_has_less_for_it() -> None:
    joined = Bead(range(2), range(2), 0.4)
    (found,) = explain(SOURCE, TARGET, "en", "de", [joined, *BEADS[2:]], which=[0])
    assert found.runner_up == ((range(1), range(1)), (range(1, 2), range(1, 2)))
    assert found.margin < 0


def test_explanations_come_least_sure_bead_first() -> None:
    found = explain(SOURCE, TARGET, "en", "de", BEADS, which=[0, 3, 5])
    assert [each.number for each in found] == [5, 3, 0]


def test_an_omission_has_its_shape_against_it_and_nothing_else() -> None:
    beads = [Bead(range(1), range(0), 0.5), Bead(range(1, 1), range(1), 0.5)]
    found = explain(["One."], ["Eins."], "en", "de", beads, which=[0, 1])
    assert all(each.evidence.total == each.evidence.shape < 0 for each in found)
    assert all(each.runner_up == ((range(1), range(1)),) for each in found) or found[0].margin < 0


@pytest.mark.parametrize("size", [4, 6])
def test_a_confirmed_bead_longer_than_any_the_search_makes_is_explained_too(size: int) -> None:
    beads = [Bead(range(size), range(size), 1.0), Bead(range(size, 6), range(size, 6), 1.0)]
    found = explain(SOURCE, TARGET, "en", "de", [bead for bead in beads if bead.source], which=[0])[0]
    assert found.evidence.total == 0
    assert found.anchors


texts = st.lists(st.text(max_size=20), max_size=5)


@settings(max_examples=30, deadline=None)
@given(texts, texts)
def test_every_bead_of_every_text_has_an_explanation(source: list[str], target: list[str]) -> None:
    beads = align(source, target, "az", "ja")
    found = explain(source, target, "az", "ja", beads, which=range(len(beads)))
    assert sorted(each.number for each in found) == list(range(len(beads)))


@given(st.integers(0, 2), st.integers(1, 3), st.integers(0, 3))
def test_every_rival_covers_the_same_sentences_without_the_bead(number: int, rows: int, columns: int) -> None:
    beads = [
        (range(1), range(2)),
        (range(1, 1 + rows), range(2, 2 + columns)),
        (range(1 + rows, 2 + rows), range(2 + columns, 3 + columns)),
    ]
    for place in rivals(beads, number):
        assert beads[number] not in place.rival
        for side in (0, 1):
            covered, before = ([i for bead in run for i in bead[side]] for run in (place.rival, place.beads))
            assert covered == before
