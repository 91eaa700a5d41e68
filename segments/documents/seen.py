"""Units that stand in markup: the title of a link, the description of a picture, the value of an attribute."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .elements import Seen
from .html_runs import text_codes
from .inline import find_inline, literal_codes
from .model import Unit
from .units import Lines, is_translatable, join_lines, make_unit, one_line

__all__ = ["seen_units"]


def seen_units(text: str, lines: Lines, found: Iterable[Seen], *, inside: bool) -> Iterator[Unit]:
    """Yield the units of the texts ``found`` in the markup of a unit with these ``lines`` of ``text``.

    ``inside`` tells whether they lie in a unit of their own document: then that one is their host.
    """
    for seen in found:
        slots = lines.within(seen.span)
        own = one_line(text, slots[0]) if len(slots) == 1 else join_lines(text, slots)
        if seen.syntax == "markdown-alt":
            codes = list(find_inline(own.raw).codes)
        elif seen.syntax.startswith("html"):
            codes = list(text_codes(own.raw))
        else:
            codes = literal_codes(own.raw)
        unit = make_unit("attribute", own, seen.syntax, codes, context=seen.context)
        if own.raw and is_translatable(unit):
            yield replace(unit, host=seen.span if inside else None)
