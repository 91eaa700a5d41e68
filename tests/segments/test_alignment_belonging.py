"""Two texts that do not translate each other are told by the whole of their alignment."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from segments import align
from segments.alignment import align_stretch
from segments.alignment.belonging import belonging, doubted
from segments.alignment.paths import Path
from segments.alignment.search import Step

ENGLISH = [
    "The market opens early.",
    "Who buys the first bread?",
    "The baker shouts: warm bread!",
    "Two children count their coins.",
    "Is it enough?",
    "They share one roll.",
]
FRENCH = [
    "Le marché ouvre tôt.",
    "Qui achète le premier pain ?",
    "Le boulanger crie : du pain chaud !",
    "Deux enfants comptent leurs pièces.",
    "Est-ce assez ?",
    "Ils partagent un petit pain.",
]


def path(count: int, confidence: float, borders: float) -> Path:
    steps = [Step(n, n, 1, 1) for n in range(count)]
    sure = np.full(count, confidence)
    return Path(steps, sure, sure, np.full(count, borders))


def test_many_sure_beads_whose_borders_agree_belong_together() -> None:
    assert belonging(path(200, 0.9, 0.5)) > 0.999


def test_many_unsure_beads_whose_borders_meet_by_chance_do_not() -> None:
    assert belonging(path(200, 0.7, 0.0)) < 0.05


def test_borders_that_agree_speak_for_unsure_beads() -> None:
    assert belonging(path(100, 0.75, 0.6)) > 0.9 > belonging(path(100, 0.75, 0.1))


def test_a_few_beads_leave_it_at_what_is_usual() -> None:
    assert 0.7 < belonging(path(2, 0.75, 0.0)) < belonging(path(0, 0.0, 0.0)) < 0.9


def test_doubt_takes_from_beads_and_not_from_omissions() -> None:
    both = Path([Step(0, 0, 1, 1), Step(1, 1, 1, 0)], *np.array([[0.9, 0.9], [0.8, 0.7]]), np.zeros(2))
    bead, omission = doubted([both])[0].confidence.tolist()
    assert bead < 0.8
    assert omission == 0.7


def test_the_parts_of_a_text_are_doubted_as_one() -> None:
    parts = [path(count, 0.9, 0.5) for count in (5, 60, 2)]
    (whole,) = doubted([path(67, 0.9, 0.5)])
    assert [part.confidence[0] for part in doubted(parts)] == [whole.confidence[0]] * 3


@given(st.integers(0, 60), st.floats(0, 1), st.floats(-20, 20))
def test_a_doubted_confidence_is_a_probability_and_never_higher(count: int, confidence: float, borders: float) -> None:
    found = doubted([path(count, confidence, borders)])[0].confidence
    assert ((found >= 0) & (found <= confidence)).all()


def test_a_translation_is_surer_than_another_order_of_it() -> None:
    right, wrong = align(ENGLISH, FRENCH, "en", "fr"), align(ENGLISH, FRENCH[::-1], "en", "fr")
    assert min(bead.confidence for bead in right) > max(
        bead.confidence for bead in wrong if bead.source and bead.target
    )


def test_nothing_is_doubted_where_a_person_confirmed_a_bead() -> None:
    confirmed = (range(1), range(1))
    rest = range(1, 6), range(1, 6)
    whole = align(ENGLISH, FRENCH, "en", "fr", fixed=[confirmed])[1:]
    stretch = align_stretch(ENGLISH, FRENCH, "en", "fr", rest)
    alone = align(ENGLISH[1:], FRENCH[1:], "en", "fr")
    assert all(
        bead.confidence > other.confidence
        for beads in (whole, stretch)
        for bead, other in zip(beads, alone, strict=True)
    )


def test_a_confirmed_addition_does_not_say_that_two_texts_belong_together() -> None:
    added = range(0), range(1)
    beads = align(ENGLISH, ["Le village", *FRENCH[::-1]], "en", "fr", fixed=[added])
    assert beads[0].confidence == 1
    assert max(bead.confidence for bead in beads[1:]) < 0.7
