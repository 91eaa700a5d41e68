"""What is a sentence by itself, written as a document writes it? As a sentence with tags, and what is in its markup."""

from ..model import Span
from .html_runs import html_codes
from .inline import find_inline
from .model import Unit
from .seen import seen_units
from .sentences import Segment, segments_at
from .units import Lines, make_unit

__all__ = ["fragment"]


def fragment(raw: str, syntax: str) -> tuple[Segment, list[Unit]]:
    """Return ``raw``, text in the syntax of a unit, as a sentence with tags, and the units in its markup.

    >>> fragment("It *rained*.", "markdown")[0].text
    'It {1}rained{/1}.'
    """
    if syntax == "html":
        codes, seen = html_codes(raw)
    elif syntax == "text":
        codes, seen = [], []
    else:
        inline = find_inline(raw)
        codes, seen = list(inline.codes), list(inline.seen)
    lines = Lines(raw, (Span(0, len(raw)),))
    unit = make_unit("para", lines, syntax, codes, whole=True)
    (segment,) = segments_at(unit, [Span(0, len(unit.text))])
    return segment, list(seen_units(raw, lines, seen))
