"""How are WebVTT captions read? A cue is the lines after a time, up to an empty line (W3C WebVTT, section 4.1)."""

from collections.abc import Iterator

from ..model import Span
from .model import Unit
from .subtitles import Cue, cue_structure, cue_units, find_lines, is_timing
from .text_format import TextFormat

__all__ = ["FORMAT", "find_units"]

_KEEPS = "times, settings, voices, notes, styles and regions; a cue is set on lines of at most 42 columns"


def find_units(text: str) -> tuple[list[Unit], int]:
    r"""Return the units of captions, in order.

    >>> [unit.text for unit in find_units("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Rain &amp; <i>wind</i>\n")[0]]
    ['{1/}Rain & {2}wind{/2}']
    """
    return cue_units(text, list(_cues(text)), "vtt"), 0


def _cues(text: str) -> Iterator[Cue]:
    time = ""
    lines: list[Span] = []
    for start, words, apart in find_lines(text):
        timing = is_timing(words)
        if timing or apart:
            if lines:
                yield Cue(time, tuple(lines))
            time, lines = words if timing else "", []
        elif time:
            lines.append(Span(start, start + len(words)))
    if lines:
        yield Cue(time, tuple(lines))


FORMAT = TextFormat("vtt", (".vtt",), _KEEPS, find_units, cue_structure, beginning=b"WEBVTT")
