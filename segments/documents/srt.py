"""How are SubRip subtitles read? A cue is what follows a line with a time, up to the number of the next one."""

from collections.abc import Iterator

from ..model import Span
from .model import Unit
from .subtitles import Cue, cue_structure, cue_units, find_lines, is_timing
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
    for start, words, apart in find_lines(text):
        if apart and lines:
            yield Cue(time, tuple(lines))
            lines = []
        if is_timing(words):
            if lines and text[lines[-1].slice()].isdecimal():
                lines.pop()  # the number of this cue
            if lines:
                yield Cue(time, tuple(lines))
                lines = []
            time = words
        elif time:
            lines.append(Span(start, start + len(words)))
    if lines:
        yield Cue(time, tuple(lines))


FORMAT = TextFormat("srt", (".srt",), _KEEPS, find_units, cue_structure)
