"""Units with markup, and the units in it: the title of a link, the description of a picture, an attribute."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..model import Span
from .elements import Seen
from .html_runs import text_codes
from .inline import find_inline, literal_codes
from .model import Unit
from .nodes import Code
from .units import Lines, is_translatable, join_lines, make_unit, one_line

__all__ = ["seen_units", "units_of"]

_LINE_END = re.compile(r"[ \t]*[\r\n]\s*")


def units_of(
    text: str,
    kind: str,
    lines: Lines,
    syntax: str,
    codes: Sequence[Code],
    seen: Sequence[Seen],
    *,
    context: str = "",
) -> list[Unit]:
    """Return the unit of these ``lines`` of ``text``, if it has words, and those of what is ``seen`` in its markup."""
    unit = make_unit(kind, lines, syntax, codes, context=context)
    host = is_translatable(unit)
    return [*([unit] if host else []), *seen_units(text, lines, seen, hosted=host)]


def seen_units(text: str, lines: Lines, found: Iterable[Seen], *, hosted: bool = False) -> Iterator[Unit]:
    """Yield the units of the texts ``found`` in the markup of these ``lines`` of ``text``.

    ``hosted`` tells whether the markup belongs to a unit: then that one is their host.
    """
    for seen in found:
        slots = lines.within(seen.span)
        own = one_line(text, slots[0]) if len(slots) == 1 else join_lines(text, slots)
        unit = make_unit("attribute", own, seen.syntax, _codes(own.raw, seen.syntax), context=seen.context)
        if is_translatable(unit):
            yield replace(unit, host=seen.span if hosted else None)


def _codes(raw: str, syntax: str) -> list[Code]:
    if syntax == "markdown-alt":
        return list(find_inline(raw).codes)
    if not syntax.startswith("html"):
        return literal_codes(raw)
    ends = (Code(Span(found.start(), found.end()), " ", is_text=True) for found in _LINE_END.finditer(raw))
    return [*text_codes(raw), *ends]
