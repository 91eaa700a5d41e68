"""The search, against every path there is: the best path is the best, and probabilities are shares of all paths."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.alignment import paths
from segments.alignment.arrays import Floats, Weights
from segments.alignment.band import Band
from segments.alignment.corpus import read_corpus, with_kinds
from segments.alignment.lattice import Lattice
from segments.alignment.prior import Gaps
from segments.alignment.region import Region
from segments.alignment.search import NEVER, Step, best_path, posteriors

SHAPES = [(1, 1), (1, 2), (2, 1), (2, 2)]
GAPS = Gaps(-2.0, -1.5, -0.5)


class Table:
    """Random scores for every bead of a small table."""

    def __init__(self, rows: int, columns: int, seed: int) -> None:
        self.rows, self.columns = rows, columns
        random = np.random.default_rng(seed)
        self.scores = {shape: random.normal(size=(rows + 1, columns + 1)) for shape in SHAPES}
        self.band = Band([0] * (rows + 1), [columns + 1] * (rows + 1))

    def row(self, row: int) -> Weights:
        scores = np.full((len(SHAPES), self.columns + 1), NEVER, np.float32)
        for number, (rows, columns) in enumerate(SHAPES):
            if row >= rows:
                scores[number, columns:] = self.scores[rows, columns][row, columns:]
        return scores

    def paths(self, row: int = 0, column: int = 0, in_gap: bool = False) -> Iterator[tuple[float, tuple[Step, ...]]]:
        """Yield every path from a node on, with its score."""
        if (row, column) == (self.rows, self.columns):
            yield 0.0, ()
        for rows, columns in [*SHAPES, (1, 0), (0, 1)]:
            if row + rows > self.rows or column + columns > self.columns:
                continue
            if rows and columns:
                score = self.scores[rows, columns][row + rows, column + columns]
            else:
                score = GAPS.extend if in_gap else GAPS.skip_source if rows else GAPS.skip_target
            for rest, steps in self.paths(row + rows, column + columns, not (rows and columns)):
                yield score + rest, (Step(row, column, rows, columns), *steps)


small_tables = st.builds(Table, st.integers(0, 4), st.integers(0, 4), st.integers(0, 10_000))


@settings(max_examples=40, deadline=None)
@given(small_tables)
def test_the_best_path_scores_best(table: Table) -> None:
    scores = {steps: score for score, steps in table.paths()}
    found = tuple(best_path(table.band, SHAPES, table.row, GAPS))
    assert scores[found] == pytest.approx(max(scores.values()))


@settings(max_examples=40, deadline=None)
@given(small_tables, st.sampled_from([1.0, 0.5]))
def test_a_step_is_as_probable_as_the_paths_through_it(table: Table, temperature: float) -> None:
    weights = [(math.exp(score * temperature), steps) for score, steps in table.paths()]
    total = sum(weight for weight, _ in weights)
    found = posteriors(table.band, SHAPES, table.row, GAPS, temperature, floor=1e-9)
    assert {step for _, steps in weights for step in steps} == set(found.steps)
    for step, probability in zip(found.steps, found.probability, strict=True):
        share = sum(weight for weight, steps in weights if step in steps) / total
        assert probability == pytest.approx(share, rel=1e-4)


def test_improbable_steps_are_left_out() -> None:
    table = Table(4, 4, seed=1)
    every = posteriors(table.band, SHAPES, table.row, GAPS, 1.0, floor=1e-9)
    likely = posteriors(table.band, SHAPES, table.row, GAPS, 1.0, floor=0.2)
    expected = {step for step, share in zip(every.steps, every.probability, strict=True) if share > 0.2}
    assert set(likely.steps) == expected
    assert 0 < len(expected) < len(every.steps)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=9), st.integers(0, 15))
def test_a_band_leads_unbroken_from_corner_to_corner(ranges: list[tuple[int, int]], columns: int) -> None:
    band = Band.hull([low for low, _ in ranges], [low + width for low, width in ranges], columns)
    assert band.low[0] == 0
    assert band.high[-1] == columns + 1
    assert all(0 <= low < high <= columns + 1 for low, high in zip(band.low, band.high, strict=True))
    for row in range(1, len(band.low)):
        assert band.low[row - 1] <= band.low[row] < band.high[row - 1] <= band.high[row]


def test_a_band_takes_in_the_line_and_its_jumps() -> None:
    band = Band.along([0, 2, 2, 4], [0, 2, 8, 10], half=1)
    assert (band.low[2], band.high[2]) == (1, 10)
    assert all(band.low[row] <= column < band.high[row] for row, column in [(0, 0), (1, 1), (3, 9), (4, 10)])


# ------------------------------------------------------------------------------------------------------------- lattices


def lattice_of(table: Table) -> tuple[Lattice, Floats]:
    """Return the lattice of every bead of a table, and their scores."""
    every = posteriors(table.band, SHAPES, table.row, GAPS, 1.0, floor=1e-30)
    corpus = read_corpus([with_kinds(["a b"] * table.rows, ["a b"] * table.columns, None)], "en", "de")
    lattice = Lattice.of(Region(range(table.rows), range(table.columns)), every, corpus)
    return lattice, np.array(
        [table.scores[rows, columns][row + rows, column + columns] for row, column, rows, columns in lattice.steps]
    )


@settings(max_examples=40, deadline=None)
@given(small_tables)
def test_the_best_path_through_a_lattice_is_that_of_the_table(table: Table) -> None:
    lattice, scores = lattice_of(table)
    path = paths.best_path(lattice, scores, GAPS)
    assert [lattice.step(move.start, move.end) for move in path] == best_path(table.band, SHAPES, table.row, GAPS)


@settings(max_examples=40, deadline=None)
@given(small_tables, st.sampled_from([1.0, 0.5]))
def test_a_lattice_gives_the_probabilities_of_the_table(table: Table, temperature: float) -> None:
    lattice, scores = lattice_of(table)
    found = paths.marginals(lattice, scores, GAPS, temperature)
    every = posteriors(table.band, SHAPES, table.row, GAPS, temperature, floor=1e-30)
    expected = dict(zip(every.steps, every.probability, strict=True))
    assert found.beads == pytest.approx([expected[step] for step in lattice.steps], rel=1e-3)
    for move in paths.best_path(lattice, scores, GAPS):
        assert found.probability(move) == pytest.approx(expected[lattice.step(move.start, move.end)], rel=1e-3)
