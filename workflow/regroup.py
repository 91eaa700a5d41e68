"""Regroup sentences: what a person does to the beads of an alignment, as pure operations that can be taken back.

What a person makes counts as confirmed, as in InterText; what is only shifted along has confidence 0, since nobody has
judged it. The page has the same operations in JavaScript; both satisfy the same cases (tests/vectors).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .errors import ProjectError
from .groups import SIDES, Group, Groups, Replace, Side


@dataclass(frozen=True, slots=True)
class Request:
    """An operation as a page or a command asks for it.

    Attributes:
        name: one of `NAMES`.
        side: of `up`, `down`, `push`, `pull`, `unlink`.
        source, target: of `split` how many sentences stay in front; of `link` the numbers of both sentences.
        minimum: of `above`, the least confidence.
    """

    name: str
    side: Side = "source"
    source: int = 0
    target: int = 0
    minimum: float = 1.0

    def plan(self, groups: Groups, at: int, who: str) -> Replace:
        """Return what it changes.

        Args:
            groups: the alignment.
            at: number of the group that it is about; `link` and `above` are about no group.
            who: wants it.

        Raises:
            ProjectError: it cannot be done there.
        """
        if self.name == "split":
            return split(groups, at, self.source, self.target, who)
        if self.name == "link":
            return link(groups, self.source, self.target, who)
        if self.name == "above":
            return confirm_above(groups, self.minimum, who)
        return _ON_ONE[self.name](groups, at, self.side, who)


def merge(groups: Groups, at: int, who: str) -> Replace:
    """Join a group and the next one.

    >>> merge([Group(1, 0), Group(1, 2)], 0, "Leyla").new
    (Group(source=2, target=2, confidence=1.0, confirmed_by='Leyla'),)

    Raises:
        ProjectError: there is no such group, or it is the last.
    """
    one, other = _at(groups, at), _at(groups, at + 1)
    return _replace(groups, at, 2, [_made(one.source + other.source, one.target + other.target, who)])


def split(groups: Groups, at: int, source: int, target: int, who: str) -> Replace:
    """Split a group: its first ``source`` and ``target`` sentences stay together, the others are a group of their own.

    Raises:
        ProjectError: there is no such group, or one part would be empty.
    """
    group = _at(groups, at)
    rest = group.source - source, group.target - target
    if min(source, target, *rest) < 0 or not source + target or not sum(rest):
        raise ProjectError("a bead is split between its sentences; choose one that is not the first")
    return _replace(groups, at, 1, [_made(source, target, who), _made(*rest, who)])


def split_before(group: Group, side: Side, sentence: int) -> tuple[int, int]:
    """Return how many sentences of each side stay in front when a group is split before a sentence of a side.

    The other side is split at the same number, as far as it has so many. Before its first sentence nothing can be split
    off, so that means the second.
    """
    first = max(1, sentence)
    return min(first, group.source), min(first, group.target)


def up(groups: Groups, at: int, side: Side, who: str) -> Replace:
    """Move the first sentence of a side to the group before.

    Raises:
        ProjectError: there is no group before, or no sentence on this side.
    """
    if at == 0:
        raise ProjectError("there is no bead before this one")
    return _move(groups, at - 1, side, 1, who)


def down(groups: Groups, at: int, side: Side, who: str) -> Replace:
    """Move the last sentence of a side to the next group; past the last group it becomes one of its own.

    Raises:
        ProjectError: there is no such group, or no sentence on this side.
    """
    return _move(groups, at, side, -1, who)


def push(groups: Groups, at: int, side: Side) -> Replace:
    """Push the text of a side one group down, from here on: where the group was, this side is empty.

    A gap on this side takes up the shift; a confirmed group stops it, and before that, or at the end, what has no group
    left gets one of its own.

    Raises:
        ProjectError: there is no such group, or nothing to push.
    """
    carried = _filled(groups, at, side)
    new = [groups[at].with_count(side, 0)]
    for place in range(at + 1, len(groups)):
        group = groups[place]
        if group.confirmed_by is not None or not carried:
            return _replace(groups, at, place - at, [*new, Group(0, 0).with_count(side, carried)])
        new.append(group.with_count(side, carried))
        carried = group.count(side)
    return _replace(groups, at, len(groups) - at, [*new, Group(0, 0).with_count(side, carried)])


def pull(groups: Groups, at: int, side: Side) -> Replace:
    """Pull the text of a side up, from here on: it joins the group before, and each that follows goes up by one.

    A gap on this side takes up the shift; a confirmed group stops it.

    Raises:
        ProjectError: there is no group before.
    """
    if at == 0:
        raise ProjectError("there is no bead before this one")
    here, before = _at(groups, at), groups[at - 1]
    new = [before.with_count(side, before.count(side) + here.count(side))]
    place = at
    while place + 1 < len(groups) and groups[place + 1].confirmed_by is None and groups[place + 1].count(side):
        new.append(groups[place].with_count(side, groups[place + 1].count(side)))
        place += 1
    new.append(groups[place].with_count(side, 0))
    return _replace(groups, at - 1, place + 2 - at, new)


def unlink(groups: Groups, at: int, side: Side, who: str) -> Replace:
    """Part the sides of a group: what is on ``side`` becomes a group of its own, after the rest.

    Of source sentences this makes an omission, of target sentences an addition.

    Raises:
        ProjectError: there is no such group, or a side of it is empty already.
    """
    group = _at(groups, at)
    if not (group.source and group.target):
        raise ProjectError("one side of this bead is empty already")
    parts = [_made(group.source, 0, who), _made(0, group.target, who)]
    return _replace(groups, at, 1, parts if side == "target" else parts[::-1])


def link(groups: Groups, source: int, target: int, who: str) -> Replace:
    """Link a source sentence to a target sentence of another group, both by number.

    Sentences keep their order, so what lies between cannot stay linked across the new group: it becomes additions
    and omissions before and after it. What stands before the first and after the last sentence stays as it is.

    Raises:
        ProjectError: there is no such sentence, or both are in one group.
    """
    one, other = _holder(groups, source, "source"), _holder(groups, target, "target")
    if one == other:
        raise ProjectError("these sentences are in one bead already; split it to part them from the others")
    first, last = sorted((one, other))
    early, late = SIDES if one < other else SIDES[::-1]
    into = {
        "source": source - sum(group.source for group in groups[:one]),
        "target": target - sum(group.target for group in groups[:other]),
    }
    front, back = groups[first], groups[last]
    between = groups[first + 1 : last]
    none = Group(0, 0)
    return _replace(
        groups,
        first,
        last + 1 - first,
        [
            front.with_count(early, into[early]),
            *(none.with_count(late, group.count(late)) for group in between),
            none.with_count(late, into[late]),
            _made(1, 1, who),
            none.with_count(early, front.count(early) - into[early] - 1),
            *(none.with_count(early, group.count(early)) for group in between),
            back.with_count(late, back.count(late) - into[late] - 1),
        ],
    )


def confirm(groups: Groups, at: int, who: str) -> Replace:
    """Confirm a group as it stands.

    Raises:
        ProjectError: there is no such group.
    """
    return _replace(groups, at, 1, [replace(_at(groups, at), confirmed_by=who)])


def unconfirm(groups: Groups, at: int) -> Replace:
    """Take back that a group was confirmed.

    Raises:
        ProjectError: there is no such group.
    """
    return _replace(groups, at, 1, [replace(_at(groups, at), confirmed_by=None)])


def confirm_above(groups: Groups, minimum: float, who: str) -> Replace:
    """Confirm every group of at least this confidence.

    Raises:
        ProjectError: there is none that is not confirmed yet.
    """
    sure = [n for n, group in enumerate(groups) if group.confirmed_by is None and group.confidence >= minimum]
    if not sure:
        raise ProjectError(f"no bead of confidence {minimum:g} or more is left to confirm")
    stretch = groups[sure[0] : sure[-1] + 1]
    new = [
        replace(group, confirmed_by=who) if group.confirmed_by is None and group.confidence >= minimum else group
        for group in stretch
    ]
    return _replace(groups, sure[0], len(stretch), new)


_ON_ONE: dict[str, Callable[[Groups, int, Side, str], Replace]] = {
    "merge": lambda groups, at, side, who: merge(groups, at, who),
    "up": up,
    "down": down,
    "push": lambda groups, at, side, who: push(groups, at, side),
    "pull": lambda groups, at, side, who: pull(groups, at, side),
    "unlink": unlink,
    "confirm": lambda groups, at, side, who: confirm(groups, at, who),
    "unconfirm": lambda groups, at, side, who: unconfirm(groups, at),
}
#: The names of all operations.
NAMES = (*_ON_ONE, "split", "link", "above")
#: Those that regroup nothing: they say whether a person vouches for what stands there.
SETTLING = ("confirm", "unconfirm", "above")


def _at(groups: Groups, at: int) -> Group:
    if not 0 <= at < len(groups):
        raise ProjectError("there is no bead after this one" if at == len(groups) else f"there is no bead {at + 1}")
    return groups[at]


def _filled(groups: Groups, at: int, side: Side) -> int:
    count = _at(groups, at).count(side)
    if not count:
        raise ProjectError("this side of the bead is empty")
    return count


def _made(source: int, target: int, who: str) -> Group:
    return Group(source, target, 1.0, who)


def _move(groups: Groups, first: int, side: Side, by: int, who: str) -> Replace:
    """Move a sentence over the border after the group ``first``: forth by -1, back by 1."""
    _filled(groups, first if by < 0 else first + 1, side)
    pair = [groups[first], groups[first + 1] if first + 1 < len(groups) else Group(0, 0)]
    counts = [group.count(side) + step for group, step in zip(pair, (by, -by), strict=True)]
    new = [replace(g.with_count(side, n), confidence=1.0, confirmed_by=who) for g, n in zip(pair, counts, strict=True)]
    return _replace(groups, first, 2, new)


def _holder(groups: Groups, sentence: int, side: Side) -> int:
    """Return the group that holds a sentence of a side."""
    end = 0
    for place, group in enumerate(groups):
        end += group.count(side)
        if 0 <= sentence < end:
            return place
    raise ProjectError(f"there is no {side} sentence {sentence + 1}")


def _replace(groups: Groups, start: int, length: int, new: Iterable[Group]) -> Replace:
    return Replace(start, tuple(groups[start : start + length]), tuple(g for g in new if g.source or g.target))
