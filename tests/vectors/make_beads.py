"""Make the cases that the bead operations of Python and of the page must both satisfy.

    python tests/vectors/make_beads.py > tests/vectors/beads.json

A case has the groups, the operation, the number of the group it is about, and either what it changes or that it is
refused. A group is ``[source, target, confidence, confirmed by]``.
"""

import json
import random
from collections.abc import Iterator, Sequence

from workflow.errors import ProjectError
from workflow.groups import SIDES, Group, Replace
from workflow.regroup import NAMES, Request, split_before

SEED = 5
CASES = 330
SHAPES = [(1, 1)] * 5 + [(1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1)]


def cases(seed: int, count: int) -> Iterator[dict[str, object]]:
    """Yield the cases, the same for the same seed."""
    choose = random.Random(seed)
    for number in range(count):
        groups = [
            Group(*choose.choice(SHAPES), round(choose.random(), 2), choose.choice([None, None, "Anna"]))
            for _ in range(choose.randint(1, 7))
        ]
        at = choose.randrange(len(groups))
        request = _request(choose, NAMES[number % len(NAMES)], groups, at)
        case = {"groups": list(map(_row, groups)), "at": at, "request": _fields(request)}
        try:
            change = request.plan(groups, at, "Leyla")
        except ProjectError:
            yield case | {"refused": True}
        else:
            yield case | {"replace": _change(change), "inverse": _change(change.inverse)}


def _request(choose: random.Random, name: str, groups: Sequence[Group], at: int) -> Request:
    side = choose.choice(SIDES)
    if name == "split":
        group = groups[at]
        source, target = split_before(group, side, choose.randrange(3))
        return Request(name, side, source, target)
    source, target = (choose.randrange(sum(g.count(each) for g in groups) + 1) for each in SIDES)
    return Request(name, side, source, target, round(choose.random(), 1))


def _fields(request: Request) -> dict[str, object]:
    return {field: getattr(request, field) for field in ("name", "side", "source", "target", "minimum")}


def _change(change: Replace) -> dict[str, object]:
    return {"start": change.start, "old": list(map(_row, change.old)), "new": list(map(_row, change.new))}


def _row(group: Group) -> list[object]:
    return [group.source, group.target, group.confidence, group.confirmed_by]


if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(case) for case in cases(SEED, CASES)) + "\n]")
