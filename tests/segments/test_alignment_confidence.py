"""A confidence follows the last search, and doubts what the one before, or the shape, speaks against."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from segments.alignment.arrays import Floats
from segments.alignment.band import Band
from segments.alignment.confidence import confidence
from segments.alignment.corpus import read_corpus, with_kinds
from segments.alignment.lattice import Lattice
from segments.alignment.model import Model, first_models
from segments.alignment.paths import SKIP, Move
from segments.alignment.region import Region, lay_out
from segments.alignment.search import Posteriors, Step

CORPUS = read_corpus([with_kinds(["One.", "Two."], ["Eins.", "Zwei."], None)], "en", "de")
MODEL: Model = first_models(lay_out([(2, 2)], [()]), CORPUS)[0]
ONE_TO_ONE, TWO_TO_TWO, REST = Step(0, 0, 1, 1), Step(0, 0, 2, 2), Step(1, 1, 1, 1)


def sure(step: Step | None, earlier: float, posterior: float) -> float:
    """Return the confidence of a step from the first node, or of the first sentence skipped."""
    found = Posteriors([ONE_TO_ONE, TWO_TO_TWO, REST], [earlier, 1 - earlier, earlier], Band([0, 0, 0], [3, 3, 3]))
    lattice = Lattice.of(Region(range(2), range(2)), found, CORPUS)
    rows, columns = (step.rows, step.columns) if step else (1, 0)
    end = lattice.places.index((rows, columns))
    move = Move(0, end, lattice.steps.index(step) if step else SKIP)
    told: Floats = confidence(lattice, MODEL, [move], np.array([posterior]))
    return float(told[0])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_what_both_searches_take_for_likelier_is_surer(earlier: float, less: float, more: float) -> None:
    less, more = sorted((less, more))
    assert 0 < sure(ONE_TO_ONE, earlier, less) <= sure(ONE_TO_ONE, earlier, more) < 1
    assert sure(ONE_TO_ONE, less, earlier) <= sure(ONE_TO_ONE, more, earlier)


def test_what_the_search_before_took_for_unlikely_is_doubted() -> None:
    assert sure(ONE_TO_ONE, 0.01, 0.99) < 0.95 < sure(ONE_TO_ONE, 0.9, 0.99)


def test_a_rare_shape_is_doubted_sooner() -> None:
    assert sure(TWO_TO_TWO, 0.5, 0.9) < sure(ONE_TO_ONE, 0.5, 0.9)


def test_an_omission_is_doubted_where_the_search_before_saw_beads() -> None:
    assert sure(None, 0.5, 0.9) < 0.8
