"""A translation into a third language tells where a short text does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments import Bead, align
from segments.alignment import Witness
from segments.alignment.agreement import agreement_scores, by_way_of, links
from segments.alignment.cooccurrence import Beads


def one_to_one(count: int) -> list[Bead]:
    return [Bead(range(n, n + 1), range(n, n + 1), 1.0) for n in range(count)]


def shown(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in beads]


def test_links_go_from_every_sentence_of_a_bead_to_every_other() -> None:
    beads = [Bead(range(2), range(1), 0.5), Bead(range(2, 2), range(1, 2), 0.9), Bead(range(2, 3), range(2, 2), 0.9)]
    assert links(beads) == {0: {0: 0.5}, 1: {0: 0.5}}


def test_a_way_over_two_alignments_is_as_sure_as_both() -> None:
    assert by_way_of({0: {0: 0.5, 1: 1.0}}, {0: {7: 1.0}, 1: {7: 0.25}}) == {0: {7: 0.5}}
    assert by_way_of({0: {0: 1.0}}, {1: {0: 1.0}}) == {}


def test_a_bead_that_others_agree_with_scores_above_one_that_cuts_their_links() -> None:
    testimony = links([Bead(range(2), range(2), 1.0)])
    beads = Beads.of([(range(2), range(2)), (range(1), range(1)), (range(1), range(2, 3)), (range(3, 4), range(3, 4))])
    both, part, other, unheard = agreement_scores([testimony], beads)
    assert both > part > other
    assert unheard == 0


def test_two_testimonies_count_as_their_mean() -> None:
    agrees, differs = links(one_to_one(1)), {0: {5: 1.0}}
    bead = Beads.of([(range(1), range(1))])
    one, two = agreement_scores([agrees], bead), agreement_scores([differs], bead)
    assert agreement_scores([agrees, differs], bead) == pytest.approx((one + two) / 2)


SOURCE = ["kuzo fima lote", "sabi", "dano"]
GERMAN = ["Zimmer 30 frei", "Haus 1984 gebaut", "Garten 77 groß"]
DUTCH = Witness(
    ["Kamer 30 vrij, huis 1984 gebouwd", "Tuin 77 groot"],
    "nl",
    [Bead(range(1), range(1), 1.0), Bead(range(1, 3), range(1, 2), 1.0)],
)


def test_a_third_language_decides_what_lengths_get_wrong() -> None:
    assert shown(align(SOURCE, GERMAN, "en", "de")) == shown(one_to_one(3))
    assert shown(align(SOURCE, GERMAN, "en", "de", witnesses=[DUTCH])) == [([0], [0, 1]), ([1, 2], [2])]


def test_confirmed_beads_stay_whatever_a_witness_says() -> None:
    fixed = (range(1), range(1))
    assert ([0], [0]) in shown(align(SOURCE, GERMAN, "en", "de", fixed=[fixed], witnesses=[DUTCH]))


texts = st.lists(st.text(max_size=9), max_size=4)


@settings(max_examples=30, deadline=None)
@given(texts, texts, texts)
def test_any_witness_leaves_every_sentence_in_one_bead(source: list[str], target: list[str], other: list[str]) -> None:
    witness = Witness(other, "hy", align(source, other, "az", "hy"))
    beads = align(source, target, "az", "ja", witnesses=[witness])
    assert [i for bead in beads for i in bead.source] == list(range(len(source)))
    assert [j for bead in beads for j in bead.target] == list(range(len(target)))
