"""How are translations written into the units of an XML text, when one may lie in the markup of another?"""

from collections.abc import Callable, Iterable, Sequence

from ..model import Span
from .model import Unit
from .splicing import splice
from .targets import changed_nodes, pieces_of
from .xml_syntax import escape

__all__ = ["Change", "Edit", "fill_flow", "set_text", "write_changes"]

Edit = tuple[Span, str]
Change = tuple[Span, Callable[[Sequence[Edit]], str]]
"""A span of a text, and what is to stand there when the edits inside of it, by their places in the span, are made."""


def write_changes(text: str, changes: Iterable[Change]) -> str:
    """Return ``text`` with its changes made, those inside of others first.

    >>> write_changes("a(b)c", [(Span(1, 4), lambda inner: splice("(b)", inner)), (Span(2, 3), lambda inner: "d")])
    'a(d)c'
    """
    done: list[Edit] = []
    for span, change in sorted(changes, key=lambda change: (change[0].end, -change[0].start)):
        first = len(done)
        while first and done[first - 1][0].end > span.start:
            first -= 1
        inner = [(Span(place.start - span.start, place.end - span.start), words) for place, words in done[first:]]
        done[first:] = [(span, change(inner))]
    return splice(text, done)


def set_text(words: str) -> Callable[[Sequence[Edit]], str]:
    """Return the change to ``words``, whatever stood there."""
    return lambda inner: words


def fill_flow(unit: Unit, target: str, inner: Sequence[Edit], write: Callable[[str], str] = escape) -> str:
    """Return the raw text of ``unit``, whose words stand between tags, for it to read ``target``."""
    before, nodes, after = changed_nodes(unit, inner)
    written = (write(piece) if isinstance(piece, str) else piece.original for piece in pieces_of(nodes, target))
    return "".join([before, *written, after])
