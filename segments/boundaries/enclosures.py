"""Is a place inside brackets or quotation marks that open before and close after it?"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import chain

from .characters import COMMA, END, SPACE, STOP, kind

__all__ = ["Enclosures"]

_MARKS = re.compile(r'["“”„«»‹›「」『』《》()（）\[\]](?:(?<=\))\s[\u0590-\u08ff]{1,3}\s\()?')
_ROUND, _SQUARE, _QUOTES = range(3)
_OPENING = {"(": _ROUND, "（": _ROUND, "[": _SQUARE, **dict.fromkeys("„「『《", _QUOTES)}
_CLOSING = {")": _ROUND, "）": _ROUND, "]": _SQUARE, **dict.fromkeys("」』》", _QUOTES)}
_LONGEST = (400, 400, 1500)  # code points; what is open for longer was never closed


class Enclosures:
    """The pairs of brackets and quotation marks in a text.

    Which of ``“ ” « » "`` opens is told by the space around it: their habits differ by language. A mark without its
    other half encloses nothing.
    """

    def __init__(self, text: str) -> None:
        pairs = _pairs(text)
        self._edges = [_outermost(found) for found in pairs]
        self._all = _union(chain.from_iterable(pairs))

    def encloses(self, position: int) -> bool:
        """Tell whether a position is inside any pair."""
        return bisect_right(self._all, position) % 2 == 1

    def enclosed(self, positions: Iterable[int]) -> set[int]:
        """Return those of the positions that are inside any pair."""
        return {position for position in positions if bisect_right(self._all, position) % 2} if self._all else set()

    def brackets_at(self, position: int) -> int:
        """Return the length of what stands in the round or square brackets around a position, 0 if there are none."""
        return self._length(_ROUND, position) or self._length(_SQUARE, position)

    def quotes_at(self, position: int) -> int:
        """Return the length of what stands in the quotation marks around a position, 0 if there are none."""
        return self._length(_QUOTES, position)

    def _length(self, sort: int, position: int) -> int:
        edges = self._edges[sort]
        place = bisect_right(edges, position)
        return edges[place] - edges[place - 1] if place % 2 else 0


def _pairs(text: str) -> list[list[tuple[int, int]]]:
    """Return the pairs of each sort; a pair is the end of its first mark and the start of its second."""
    waiting: list[list[int]] = [[], [], []]
    pairs: list[list[tuple[int, int]]] = [[], [], []]
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if len(mark) > 1:  # brackets that were turned around with the writing: ``) ع (``
            continue
        if mark in _OPENING:
            waiting[_OPENING[mark]].append(place + 1)
            continue
        sort = _CLOSING.get(mark, _QUOTES)
        if mark not in _CLOSING and not _closes(text, place, bool(waiting[_QUOTES])):
            waiting[_QUOTES].append(place + 1)
        elif waiting[sort]:
            opened = waiting[sort].pop()
            if place - opened <= _LONGEST[sort]:
                pairs[sort].append((opened, place))
    return pairs


def _closes(text: str, place: int, is_open: bool) -> bool:
    before = kind(text[place - 1 : place]) if place else END
    after = kind(text[place + 1 : place + 2])
    if before in (END, SPACE) and after not in (END, SPACE):
        return False
    if after in (END, SPACE, COMMA, STOP) and before not in (END, SPACE):
        return True
    return is_open


def _outermost(pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return the edges of the pairs that lie in no other pair, in order."""
    edges: list[int] = []
    for start, end in sorted(pairs):
        if not edges or start > edges[-1]:
            edges += (start, end)
    return edges


def _union(pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return the edges of what lies in any of the pairs, in order."""
    edges: list[int] = []
    for start, end in sorted(pairs):
        if edges and start <= edges[-1]:
            edges[-1] = max(edges[-1], end)
        else:
            edges += (start, end)
    return edges
