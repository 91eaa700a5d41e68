"""Where does a list stand inside a paragraph: ``1. … 2. …``, ``a) … b) …``?"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Labels", "find_labels"]

_LABEL = re.compile(r"([•⁃*-]?)(\(?)(\d{1,2}|[a-zA-Z]|[ivx]{1,4})(\.\)|\)|\.)")
_LONGEST = 8  # code points of a label
_SHORT_TOKEN = "|".join(rf"(?<=(?<!\S)\S{{{length}}})" for length in range(2, _LONGEST + 1))
_LABEL_END = re.compile(rf"[.)](?=\s)(?:{_SHORT_TOKEN})(?=\s++\S)")
_FIRST = re.compile(r"[.)•⁃*-](?:(?<=(?<![^\s(•⁃*-])[1ai].)|(?<=(?<![^\s(])01.)|(?<=[•⁃*-])(?=\(?\w{1,4}[.)]))")
"""Where a list may begin; what has no such place has none."""
_ROMAN = {
    numeral: value for value, numeral in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], 1)
}
_DIGIT, _LOWER, _ROMAN_NUMERAL = "1", "a", "i"


class Labels(NamedTuple):
    """What the labels of lists say: sentences end before them, and not right after them."""

    ends: frozenset[int]
    label_ends: frozenset[int]


_NONE = Labels(frozenset(), frozenset())


class _Label(NamedTuple):
    start: int
    end: int
    number: int


def find_labels(text: str) -> Labels:
    """Return what the labels of the lists in ``text`` say.

    A list has two labels at least, of one shape, in order; the first stands at the beginning of the text or after the
    end of a sentence. A date, such as ``20. 2. 1998``, is none.
    """
    if not _FIRST.search(text):
        return _NONE
    runs: dict[tuple[str, str, str, str], list[_Label]] = {}
    ends: set[int] = set()
    label_ends: set[int] = set()
    for match in _labels(text):
        bullet, opening, mark, closing = match.groups()
        before = text[max(0, match.start() - 40) : match.start()].rstrip()
        may_be_first = not before or (before[-1] in ".!?:" and not before[-2:-1].isdigit())
        for system, number in _readings(mark):
            shape = (bullet, opening, closing, system)
            label = _Label(match.start(), match.end(), number)
            run = runs.get(shape)
            if run and run[-1].number + 1 == number and _goes_on(text, label, shape):
                run.append(label)
                label_ends.update(each.end for each in run[-2:])
                ends.update(_before(text, each.start) for each in run[-2:])
            elif may_be_first and (number == 1 or bullet):
                runs[shape] = [label]
    return Labels(frozenset(ends - {0}), frozenset(label_ends))


def _labels(text: str) -> Iterator[re.Match[str]]:
    for end in _LABEL_END.finditer(text):
        token = text[max(0, end.end() - _LONGEST) : end.end()].split()[-1]
        if label := _LABEL.fullmatch(text, end.end() - len(token), end.end()):
            yield label


def _readings(mark: str) -> Iterator[tuple[str, int]]:
    if mark.isdecimal():
        yield _DIGIT, int(mark)
    elif len(mark) == 1 and mark.islower():
        yield _LOWER, ord(mark) - ord("a") + 1
    if mark in _ROMAN:
        yield _ROMAN_NUMERAL, _ROMAN[mark]


def _goes_on(text: str, label: _Label, shape: tuple[str, str, str, str]) -> bool:
    """Tell a label from the number of a date or an ordinal: a capital follows."""
    return shape[2] != "." or shape[3] != _DIGIT or text[label.end : label.end + 3].lstrip()[:1].isupper()


def _before(text: str, position: int) -> int:
    while position and text[position - 1].isspace():
        position -= 1
    return position
