"""How are SubRip subtitles read? A cue is what follows a line with a time, up to the number of the next one."""

from collections.abc import Iterator

from ..model import Span
from .model import Unit
from .subtitles import LINE, TIMING, Cue, cue_structure, cue_units
from .text_format import TextFormat

__all__ = ["FORMAT", "find_units"]

_KEEPS = "numbers, times, positions and tags; a cue is set on lines of at most 42 columns, or as long as the longest"


def find_units(text: str) -> tuple[list[Unit], int]:
    r"""Return the units of subtitles, in order; what stands before the first time is none.

    >>> [unit.text for unit in find_units("1\n00:00:01,000 --> 00:00:02,000\n- Rain?\n- <i>Rain</i>.\n")[0]]
    ['Rain?', '{1}Rain{/1}.']
    """
    return cue_units(text, list(_cues(text)), "srt"), 0


def _cues(text: str) -> Iterator[Cue]:
    """Yield the cues; lines with an empty line between them are cues of their own, at the same time."""
    time = ""
    lines: list[Span] = []
    for found in LINE.finditer(text):
        words = found[1].strip()
        timing = TIMING.fullmatch(words) if "-->" in words else None
        if timing and lines and text[lines[-1].slice()].isdecimal() and _follows(text, lines[-1], found.start()):
            lines.pop()  # the number of this cue
        if (timing or not words) and lines:
            yield Cue(time, tuple(lines))
            lines = []
        if timing:
            time = words
        elif words and time:
            start = found.start() + found[1].index(words)
            lines.append(Span(start, start + len(words)))
    if lines:
        yield Cue(time, tuple(lines))


def _follows(text: str, line: Span, start: int) -> bool:
    return not text[line.end : start].strip() and len(LINE.findall(text[line.end : start])) <= 2


FORMAT = TextFormat("srt", (".srt",), _KEEPS, find_units, cue_structure)
