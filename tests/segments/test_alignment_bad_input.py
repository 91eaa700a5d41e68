"""Texts that nobody should give to an aligner: each gets a clear result, and none a crash or a long wait."""

import pytest

from segments import Bead, align
from segments.errors import AlignmentError

AZERBAIJANI = [
    "Kitabxana şəhərin mərkəzindədir.",
    "Hər gün saat 9-da açılır.",
    "Burada 12 min kitab var.",
    "Uşaqlar üçün ayrıca otaq da var.",
    "Kitabı 3 həftəliyə götürmək olar.",
    "Cərimə yoxdur.",
    "Axşamlar şair Vaqif burada oxuyur.",
    "Hamını gözləyirik!",
]
CYRILLIC = [
    "Китабхана шәһәрин мәркәзиндәдир.",
    "Һәр ҝүн саат 9-да ачылыр.",
    "Бурада 12 мин китаб вар.",
    "Ушаглар үчүн айрыҹа отаг да вар.",
    "Китабы 3 һәфтәлийә ҝөтүрмәк олар.",
    "Ҹәримә јохдур.",
    "Ахшамлар шаир Вагиф бурада охујур.",
    "Һамыны ҝөзләјирик!",
]
ENGLISH = [
    "The library is in the centre of the town.",
    "It opens every day at 9 o'clock.",
    "There are 12 thousand books here.",
    "There is a room for children, too.",
    "A book can be borrowed for 3 weeks.",
    "There is no fine.",
    "In the evenings the poet Vagif reads here.",
    "We are waiting for everybody!",
]
IN_STEP = [([n], [n]) for n in range(8)]


def shown(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in beads]


def test_a_text_without_a_translation_is_all_omissions() -> None:
    assert shown(align(ENGLISH, [], "en", "az")) == [([n], []) for n in range(8)]
    assert shown(align([], ENGLISH, "az", "en")) == [([], [n]) for n in range(8)]
    assert align([], [], "en", "az") == []


def test_a_text_in_the_same_language_twice_is_in_step_with_itself() -> None:
    assert shown(align(ENGLISH, ENGLISH, "en", "en")) == IN_STEP


def test_a_text_in_two_scripts_of_its_language_is_in_step() -> None:
    assert shown(align(AZERBAIJANI, CYRILLIC, "az-Latn", "az-Cyrl")) == IN_STEP
    assert shown(align(CYRILLIC, AZERBAIJANI, "az-Cyrl", "az-Latn")) == IN_STEP


@pytest.mark.parametrize(("first", "mark"), [(1, "."), (41, ")"), (7, "")])
def test_leading_running_numbers_do_not_lead_astray(first: int, mark: str) -> None:
    source = [f"{n}. {text}" for n, text in enumerate(ENGLISH, 1)]
    target = [f"{n}{mark} {text}" for n, text in enumerate(AZERBAIJANI, first)]
    assert shown(align(source, target, "en", "az")) == IN_STEP


@pytest.mark.parametrize(("source", "target"), [(3, 600), (600, 3), (1, 40), (40, 1)])
def test_sides_of_very_different_length_are_covered_to_the_end(source: int, target: int) -> None:
    beads = align(ENGLISH[:3] * 200 if source > 3 else ENGLISH[:source], (AZERBAIJANI * 75)[:target], "en", "az")
    assert [j for bead in beads for j in bead.target] == list(range(target))
    assert sum(bool(bead.source and bead.target) for bead in beads) <= min(len(ENGLISH[:3] * 200), target)


@pytest.mark.parametrize("filling", ["word ", "x", "好", "1", '"(', "é\u0301", " ", "\u200f"])
def test_one_enormous_sentence_costs_no_more_than_its_length(filling: str) -> None:
    enormous = (filling * 100_000)[:100_000]
    source, target = [*ENGLISH[:4], enormous, *ENGLISH[4:]], [*AZERBAIJANI[:4], enormous, *AZERBAIJANI[4:]]
    beads = align(source, target, "en", "az")
    assert [i for bead in beads for i in bead.source] == list(range(9))
    assert shown(beads)[:3] == IN_STEP[:3]


def test_blank_sentences_are_sentences() -> None:
    beads = align(["", "  ", "Yes."], ["Bəli.", "\n"], "en", "az")
    assert [i for bead in beads for i in bead.source] == [0, 1, 2]


def test_texts_that_have_nothing_to_do_with_each_other_have_little_confidence() -> None:
    numbers = [
        "Two apples.",
        "Boil the water, then add salt and wait.",
        "Serve.",
        "It keeps for a week in a cold place.",
    ]
    beads = align(numbers * 2, AZERBAIJANI, "en", "az")
    assert sum(bead.confidence for bead in beads) / len(beads) < 0.6


def test_a_stretch_with_numbers_that_are_no_sentences_is_an_error_that_says_so() -> None:
    with pytest.raises(AlignmentError, match="give ranges of sentence numbers"):
        align(ENGLISH, AZERBAIJANI, "en", "az", fixed=[(range(7, 9), range(7, 8))])
