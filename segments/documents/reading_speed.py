"""Can a viewer read the translated cues in their time? Characters a second, lengths of lines, times that overlap."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from ..lines import LINE_BREAK, columns
from .model import Document, Unit
from .rendering import render
from .tags import without_tags

__all__ = ["CueFinding", "cue_findings"]

# Netflix Timed Text Style Guides, adult programmes: characters a second, and columns of a line, where a full-width
# character takes two.
_SPEEDS = {"ar": 20, "ja": 4, "ko": 12, "th": 17, "zh": 9}
_WIDTHS = {"ja": 26, "ko": 32, "th": 35, "zh": 32}
_SPEED, _WIDTH = 20, 42
_TIME = re.compile(r"(?:(\d+):)?(\d+):(\d+)[.,](\d+)")


@dataclass(frozen=True, slots=True)
class CueFinding:
    """What makes a cue hard to read; ``cue`` is its time as it stands in the document."""

    cue: str
    problem: str


def cue_findings(document: Document, targets: Mapping[int, str], language: str) -> list[CueFinding]:
    """Return which cues are too fast or too wide with these ``targets``, unit index to text, and which overlap.

    Units that are no cues are passed over. The limits are those of the language (BCP 47).
    """
    primary = language.split("-")[0]
    numbered = ((index, unit) for index, unit in enumerate(document.units) if unit.kind == "cue")
    cues = [(time, dict(units)) for time, units in groupby(numbered, key=lambda each: each[1].context)]
    found = [_overlap(before, after) for (before, _), (after, _) in pairwise(cues)]
    for time, units in cues:
        shown = [(unit, targets.get(index, unit.text)) for index, unit in units.items()]
        found += _problems(time, shown, language, _SPEEDS.get(primary, _SPEED), _WIDTHS.get(primary, _WIDTH))
    return [finding for finding in found if finding is not None]


def _problems(time: str, shown: list[tuple[Unit, str]], language: str, speed: int, width: int) -> Iterator[CueFinding]:
    seconds = _end(time) - _start(time)
    characters = sum(len(without_tags(text)) for _, text in shown)
    if seconds > 0 and characters / seconds > speed:
        yield CueFinding(time, f"{characters / seconds:.0f} characters a second are more than {speed}; shorten it")
    lines = [line for unit, text in shown for line in _lines(unit, text, language)]
    widest = max(map(columns, lines), default=0)
    if widest > width:
        yield CueFinding(time, f"a line of {widest} columns is longer than {width}; shorten it")


def _lines(unit: Unit, text: str, language: str) -> list[str]:
    """Return the lines that a cue is set on, as a viewer sees them."""
    lines = LINE_BREAK.split(render(unit, text, language))
    for tag in unit.tags:
        lines = [line.replace(tag.original, "", 1) for line in lines]
    return lines


def _overlap(before: str, after: str) -> CueFinding | None:
    if _start(after) >= _end(before):
        return None
    return CueFinding(after, f"begins before the cue {before} has ended; change the times in the source document")


def _start(time: str) -> float:
    return _seconds(time.partition("-->")[0])


def _end(time: str) -> float:
    return _seconds(time.partition("-->")[2])


def _seconds(time: str) -> float:
    found = _TIME.search(time)
    if found is None:
        return 0.0
    hours, minutes, seconds, fraction = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{fraction}")
