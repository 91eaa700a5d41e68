"""What is a sentence by itself, written as a document writes it? As a sentence with tags, and what is in its markup."""

import re
from collections.abc import Iterator

from markdown_it.common.utils import normalizeReference

from ..model import Span
from .html_runs import html_codes
from .inline import find_inline
from .model import Close, Unit
from .seen import seen_units
from .sentences import Segment, segments_at
from .units import Lines, make_unit

__all__ = ["fragment"]

_NAME = re.compile(r"\]\[(.+)\]", re.DOTALL)


def fragment(raw: str, syntax: str, unit: Unit | None = None) -> tuple[Segment, list[Unit]]:
    """Return ``raw``, text in the syntax of a unit, as a sentence with tags, and the units in its markup.

    Links by name are known where the ``unit`` that the text belongs to, or translates, has them.

    >>> fragment("It *rained*.", "markdown")[0].text
    'It {1}rained{/1}.'
    """
    if syntax == "html":
        codes, seen = html_codes(raw)
    elif syntax == "text":
        codes, seen = [], []
    else:
        inline = find_inline(raw, _references(unit) if unit else None)
        codes, seen = list(inline.codes), list(inline.seen)
    lines = Lines(raw, (Span(0, len(raw)),))
    made = make_unit("para", lines, syntax, codes, whole=True)
    (segment,) = segments_at(made, [Span(0, len(made.text))])
    return segment, list(seen_units(raw, lines, seen))


def _references(unit: Unit) -> dict[str, dict[str, str]]:
    return {normalizeReference(name): {"href": "", "title": ""} for name in _names(unit)}


def _names(unit: Unit) -> Iterator[str]:
    """Yield the names of the definitions that links in a unit refer to."""
    written = (node.written or node.original for node in unit.nodes if isinstance(node, Close))
    closings = [*written, unit.after]
    yield from (found[1] for found in map(_NAME.fullmatch, closings) if found)
