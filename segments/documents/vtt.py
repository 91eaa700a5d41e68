"""How are WebVTT captions read? A cue is the lines after a time, up to an empty line (W3C WebVTT, section 4.1)."""

from collections.abc import Iterator, Mapping, Sequence

from ..model import Span
from .decoding import read_text
from .model import Document, Unit
from .subtitles import LINE, TIMING, Cue, cue_structure, cue_units
from .writing import write_units

__all__ = ["EXTENSIONS", "KEEPS", "NAME", "find_units", "read", "sniff", "structure", "write"]

NAME = "vtt"
EXTENSIONS = (".vtt",)
KEEPS = "times, settings, voices, notes, styles and regions; a cue is set on lines of at most 42 columns"


def sniff(name: str, head: bytes) -> float:
    """Return 1 for the name that WebVTT goes by, and little for what begins like it."""
    return 1.0 if name.lower().endswith(EXTENSIONS) else 0.05 if head.startswith(b"WEBVTT") else 0.0


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read captions."""
    return read_text(name, NAME, data, language, find_units)


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Write translations into captions."""
    return write_units(document, targets, language)


def find_units(text: str) -> tuple[list[Unit], int]:
    r"""Return the units of captions, in order.

    >>> [unit.text for unit in find_units("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Rain &amp; <i>wind</i>\n")[0]]
    ['{1/}Rain & {2}wind{/2}']
    """
    return cue_units(text, list(_cues(text)), "vtt"), 0


def structure(document: Document) -> Sequence[object]:
    """Return all of captions but the words."""
    return cue_structure(document)


def _cues(text: str) -> Iterator[Cue]:
    time = ""
    lines: list[Span] = []
    for found in LINE.finditer(text):
        words = found[1].strip()
        timing = TIMING.fullmatch(found[1])
        if timing or not words:
            if lines:
                yield Cue(time, tuple(lines))
            time, lines = words if timing else "", []
        elif time:
            start = found.start() + found[1].index(words)
            lines.append(Span(start, start + len(words)))
    if lines:
        yield Cue(time, tuple(lines))
