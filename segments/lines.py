"""How wide a line of text is, what a line end stands for, and where a text may be cut.

Line breaks are those of UAX #14 (LF, CR, CR LF, VT, FF, NEL, LS, PS); widths are columns by East Asian Width (UAX #11).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from .model import Span

__all__ = ["LINE_BREAK", "columns", "fold", "is_cjk", "joint", "outside"]


class _Widths(dict[str, int]):
    """The columns of each character, looked up once."""

    def __init__(self, ambiguous: int) -> None:
        self._ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        found = self[character] = self._width(character)
        return found

    def _width(self, character: str) -> int:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            return 0
        width = unicodedata.east_asian_width(character)
        return 2 if width in "WF" else self._ambiguous if width == "A" else 1


_WIDTHS = {ambiguous: _Widths(ambiguous) for ambiguous in (1, 2)}
LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029](?:(?<=\r)\n)?")


def columns(text: str, ambiguous: int = 1) -> int:
    """Return how many columns ``text`` takes; ``ambiguous`` is the width of a character of ambiguous width.

    >>> columns("spring"), columns("春")
    (6, 2)
    """
    return len(text) if text.isascii() else sum(map(_WIDTHS[ambiguous].__getitem__, text))


def is_cjk(character: str) -> bool:
    """Tell whether ``character`` is of a script set without spaces: Han, kana, bopomofo and their full-width signs."""
    return character != "" and not character.isascii() and _WIDTHS[1][character] == 2 and not _spaced(character)


def joint(left: str, right: str) -> str:
    """Return what a soft line end reads as: nothing between CJK characters, else a space.

    >>> joint("春", "が"), joint("spring", "comes")
    ('', ' ')
    """
    return "" if is_cjk(left[-1:]) and is_cjk(right[:1]) else " "


def fold(text: str) -> str:
    r"""Return ``text`` on one line, each line break read as a soft one; both ends are stripped.

    >>> fold("It rained\r\n  all day.")
    'It rained all day.'
    """
    lines = [line for line in map(str.strip, LINE_BREAK.split(text)) if line]
    return "".join(lines[:1] + [joint(left, right) + right for left, right in pairwise(lines)])


def outside(gaps: Iterable[Span], bound: Iterable[Span]) -> Iterator[Span]:
    """Yield those ``gaps``, given in order, that lie inside none of the ``bound`` spans; to touch one is allowed."""
    waiting = sorted(bound, key=lambda span: span.start, reverse=True)
    reach = 0  # the furthest end among the spans that begin before the gap
    for gap in gaps:
        while waiting and waiting[-1].start < gap.end:
            reach = max(reach, waiting.pop().end)
        if reach <= gap.start:
            yield gap


@lru_cache(maxsize=1 << 16)
def _spaced(character: str) -> bool:
    # Korean sets spaces between words, emoji stand like words among any script, and a wide space is a space.
    return unicodedata.category(character) in ("So", "Sk", "Zs") or "HANGUL" in unicodedata.name(character, "")
