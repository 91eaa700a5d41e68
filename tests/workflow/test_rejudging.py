"""Beads whose sentences changed, judged anew between their neighbours: how sure they are, and what stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.alignment import Associations
from workflow.records import BeadRecord
from workflow.rejudging import judged_anew

ENGLISH = {
    "e1": "The ferry leaves at 9:15.",
    "e2": "Mrs. Tamm sells honey and candles.",
    "e3": "Her stall stands by the harbour wall.",
    "e4": "In winter she keeps 40 hives.",
    "e5": "The bees sleep under straw.",
}
GERMAN = {
    "g1": "Die Fähre legt um 9:15 Uhr ab.",
    "g2": "Frau Tamm verkauft Honig und Kerzen.",
    "g3": "Ihr Stand steht an der Hafenmauer.",
    "g4": "Im Winter hält sie 40 Völker.",
    "g5": "Die Bienen schlafen unter Stroh.",
}
ONE_BY_ONE = [BeadRecord((f"e{n}",), (f"g{n}",), 0.9) for n in range(1, 6)]


def judged(beads: list[BeadRecord], *touched: int, german: dict[str, str] = GERMAN) -> list[BeadRecord]:
    return judged_anew(beads, touched, (ENGLISH, german), ("en", "de"), Associations.joined([]))


def test_a_bead_of_what_translates_each_other_is_sure_and_the_others_stay() -> None:
    beads = judged([replace(bead, confidence=0.1) for bead in ONE_BY_ONE], 1)
    assert beads[1].confidence > 0.7
    assert [bead.confidence for bead in beads if bead is not beads[1]] == [0.1] * 4


def test_a_bead_of_strange_texts_is_not_sure() -> None:
    german = GERMAN | {"g4": "Wir danken Ihnen sehr herzlich für die 17 Briefe, die uns gestern aus Rom erreichten."}
    beads = judged(ONE_BY_ONE, 3, german=german)
    assert (beads[3].source, beads[3].target) == (("e4",), ("g4",))
    assert beads[3].confidence < 0.7


def test_a_bead_of_two_and_two_may_part() -> None:
    beads = [ONE_BY_ONE[0], BeadRecord(("e2", "e3"), ("g2", "g3"), 0.0), *ONE_BY_ONE[3:]]
    assert [bead.source for bead in judged(beads, 1)] == [(f"e{n}",) for n in range(1, 6)]


def test_a_confirmed_bead_stays() -> None:
    beads = [replace(bead, confirmed_by="Anna") for bead in ONE_BY_ONE]
    assert judged(beads, 0, 1, 2, 3, 4) == beads


def test_a_bead_without_a_side_has_nothing_to_be_judged_by() -> None:
    beads = [*ONE_BY_ONE[:4], BeadRecord(("e5",), (), 0.7), BeadRecord((), ("g5",), 0.6)]
    assert judged(beads, 4) == beads


@pytest.mark.parametrize("place", range(5))
def test_no_sentence_loses_its_counterpart(place: int) -> None:
    german = GERMAN | {f"g{place + 1}": "9999 + 1"}
    assert [(b.source, b.target) for b in judged(ONE_BY_ONE, place, german=german)] == [
        (b.source, b.target) for b in ONE_BY_ONE
    ]


@st.composite
def alignments(draw: st.DrawFn) -> list[BeadRecord]:
    counts = [0, 0]
    beads = []
    for _ in range(draw(st.integers(1, 6))):
        source, target = draw(st.sampled_from([(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1)]))
        ids = (
            tuple(f"e{counts[0] + n + 1}" for n in range(source)),
            tuple(f"g{counts[1] + n + 1}" for n in range(target)),
        )
        counts = [counts[0] + source, counts[1] + target]
        if max(counts) > 5:
            break
        beads.append(BeadRecord(*ids, 0.5, draw(st.sampled_from([None, None, "Anna"]))))
    return beads


@given(alignments(), st.sets(st.integers(0, 5)))
def test_every_sentence_keeps_its_place_and_untouched_beads_are_as_they_were(
    beads: list[BeadRecord], touched: set[int]
) -> None:
    now = judged(beads, *touched)
    for side in ("source", "target"):
        assert [i for b in now for i in getattr(b, side)] == [i for b in beads for i in getattr(b, side)]
    assert all(0 <= bead.confidence <= 1 for bead in now)
    assert {bead for n, bead in enumerate(beads) if n not in touched or bead.confirmed_by} <= set(now)
