"""Bead operations: every sentence once and in order, whatever is done, and every one can be taken back exactly."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import ProjectError
from workflow.groups import SIDES, Group, Replace, Side, beads_of, between_confirmed, groups_of, strangers
from workflow.records import BeadRecord
from workflow.regroup import NAMES, Request, split_before

VECTORS = Path(__file__).parents[1] / "vectors"

shapes = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)
alignments = st.lists(
    st.builds(
        lambda shape, confidence, who: Group(*shape, confidence, who),
        shapes,
        st.sampled_from([0.0, 0.4, 0.95, 1.0]),
        st.sampled_from([None, None, "Anna"]),
    ),
    min_size=1,
    max_size=12,
)
requests = st.builds(
    Request,
    st.sampled_from(NAMES),
    st.sampled_from(SIDES),
    st.integers(0, 20),
    st.integers(0, 20),
    st.sampled_from([0.0, 0.5, 0.9]),
)


def groups(text: str) -> list[Group]:
    """Read groups such as ``1:1 2:1*``; a star is confirmed by Anna."""
    pairs = [(word.strip("*").split(":"), word.endswith("*")) for word in text.split()]
    return [Group(int(s), int(t), 0.9, "Anna" if star else None) for (s, t), star in pairs]


def after(before: str, request: Request, at: int) -> str:
    now = request.plan(groups(before), at, "Anna").apply(groups(before))
    return " ".join(f"{g.source}:{g.target}{'*' if g.confirmed_by else ''}" for g in now)


def total(all_groups: Sequence[Group], side: Side) -> int:
    return sum(group.count(side) for group in all_groups)


@pytest.mark.parametrize(
    ("before", "request_", "at", "now"),
    [
        ("1:1 1:0 1:1", Request("merge"), 0, "2:1* 1:1"),
        ("2:2", Request("split", source=1, target=1), 0, "1:1* 1:1*"),
        ("1:1 2:1", Request("up", "source"), 1, "2:1* 1:1*"),
        ("1:1 1:1", Request("up", "target"), 1, "1:2* 1:0*"),
        ("1:2 1:0", Request("down", "target"), 0, "1:1* 1:1*"),
        ("1:2", Request("down", "target"), 0, "1:1* 0:1*"),
        ("1:1 1:1 1:0 1:1", Request("push", "target"), 0, "1:0 1:1 1:1 1:1"),
        ("1:1 1:1* 1:1", Request("push", "target"), 0, "1:0 0:1 1:1* 1:1"),
        ("1:1 1:1", Request("push", "target"), 0, "1:0 1:1 0:1"),
        ("1:1 1:1 1:1", Request("pull", "target"), 1, "1:2 1:1 1:0"),
        ("1:1 1:0 1:1 1:1*", Request("pull", "target"), 1, "1:1 1:1 1:0 1:1*"),
        ("1:2", Request("unlink", "target"), 0, "1:0* 0:2*"),
        ("1:2", Request("unlink", "source"), 0, "0:2* 1:0*"),
        ("1:1 1:1 1:1 1:1", Request("link", source=1, target=2), 1, "1:1 0:1 1:1* 1:0 1:1"),
        ("2:1 1:1 1:3", Request("link", source=0, target=3), 0, "0:1 0:1 0:1 1:1* 1:0 1:0 1:1"),
        ("1:1 1:1", Request("link", source=1, target=0), 0, "1:0 1:1* 0:1"),
        ("1:1", Request("confirm"), 0, "1:1*"),
        ("1:1*", Request("unconfirm"), 0, "1:1"),
        ("1:1 1:1* 2:1", Request("above", minimum=0.9), 0, "1:1* 1:1* 2:1*"),
    ],
)
def test_an_operation_makes_these_beads(before: str, request_: Request, at: int, now: str) -> None:
    assert after(before, request_, at) == now


@pytest.mark.parametrize(
    ("before", "request_", "at", "reason"),
    [
        ("1:1", Request("merge"), 0, "after"),
        ("1:1", Request("split", source=1, target=1), 0, "split"),
        ("1:1", Request("up", "source"), 0, "before"),
        ("1:0 1:1", Request("push", "target"), 0, "empty"),
        ("1:1", Request("pull", "target"), 0, "before"),
        ("1:0", Request("unlink", "target"), 0, "empty"),
        ("2:2", Request("link", source=0, target=1), 0, "in one bead"),
        ("1:1", Request("link", source=5, target=0), 0, "no source sentence 6"),
        ("1:1*", Request("above", minimum=0.5), 0, "left to confirm"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(before: str, request_: Request, at: int, reason: str) -> None:
    with pytest.raises(ProjectError, match=reason):
        request_.plan(groups(before), at, "Anna")


@given(alignments, st.lists(st.tuples(requests, st.integers(0, 12)), max_size=8))
def test_every_sentence_stays_once_and_in_order_and_undo_restores_exactly(
    start: list[Group], wanted: list[tuple[Request, int]]
) -> None:
    now, done = tuple(start), []
    for request, at in wanted:
        try:
            change = request.plan(now, at, "Leyla")
        except ProjectError:
            continue
        now = change.apply(now)
        done.append(change)
        assert [total(now, side) for side in SIDES] == [total(start, side) for side in SIDES]
        assert all(group.source or group.target for group in now)
    for change in reversed(done):
        now = change.inverse.apply(now)
    assert now == tuple(start)


def test_ten_thousand_random_operations_are_undone_exactly() -> None:
    choose = Random(5)
    start = now = tuple(Group(*choose.choice([(1, 1), (1, 1), (2, 1), (1, 2), (0, 1)]), 0.5) for _ in range(60))
    done: list[Replace] = []
    while len(done) < 10_000:
        at = choose.randrange(len(now))
        source, target = (choose.randrange(total(now, side)) for side in SIDES)
        request = Request(choose.choice(NAMES), choose.choice(SIDES), source, target, choose.random())
        if request.name == "split":
            front = split_before(now[at], request.side, choose.randrange(3))
            request = Request("split", request.side, *front)
        try:
            change = request.plan(now, at, "Leyla")
        except ProjectError:
            continue
        done.append(change)
        now = change.apply(now)
    for change in reversed(done):
        now = change.inverse.apply(now)
    assert now == start


def test_a_change_of_other_groups_than_those_that_stand_there_is_refused() -> None:
    change = Request("merge").plan(groups("1:1 1:1"), 0, "Anna")
    with pytest.raises(ProjectError, match="changed meanwhile"):
        change.apply(groups("1:1 2:1"))


@given(alignments)
def test_groups_become_beads_and_groups_again(start: list[Group]) -> None:
    source, target = ([f"{side}{n}" for n in range(total(start, side))] for side in SIDES)
    assert groups_of(beads_of(start, source, target), source, target) == start


@pytest.mark.parametrize("source", [["a"], ["b", "a"], ["a", "b", "c"]])
def test_beads_that_do_not_hold_the_sentences_in_order_are_refused(source: list[str]) -> None:
    beads = [BeadRecord(("a",), ("x",), 1.0), BeadRecord(("b",), (), 1.0)]
    with pytest.raises(ProjectError, match="once and in order"):
        groups_of(beads, source, ["x"])


def test_the_stretch_to_align_anew_ends_at_confirmed_beads() -> None:
    start = groups("1:1 1:1* 1:1 1:1 1:1 1:1* 1:1")
    assert between_confirmed(start, 3) == (2, 5)
    assert between_confirmed(start, 0) == (0, 1)
    assert between_confirmed(start, 1) == (1, 1)


def test_texts_are_strangers_where_little_is_sure_and_nobody_has_confirmed_any() -> None:
    def beads(*groups: Group) -> tuple[BeadRecord, ...]:
        return beads_of(groups, "ab", "xy")

    assert strangers(beads(Group(1, 1, 0.3), Group(1, 1, 0.4)))
    assert not strangers(beads(Group(1, 1, 0.9), Group(1, 1, 0.4)))
    assert not strangers(beads(Group(1, 1, 0.0), Group(1, 1, 0.0, "Anna")))


def test_the_shared_cases_are_those_that_the_program_makes() -> None:
    made = subprocess.run(
        [sys.executable, VECTORS / "make_beads.py"], capture_output=True, text=True, check=True
    ).stdout
    stale = "stale: run `python tests/vectors/make_beads.py > tests/vectors/beads.json`"
    assert json.loads(made) == json.loads((VECTORS / "beads.json").read_text()), stale
