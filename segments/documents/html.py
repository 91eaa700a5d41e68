"""How is a page in HTML or XHTML read? Runs of text between the tags of blocks, and the attributes that people read.

The HTML Living Standard is followed as far as it matters: comments, raw text elements, character references.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..model import Span
from .decoding import read_text
from .direction import direction
from .elements import Seen, attribute_span, unlocated_letters
from .html_runs import find_runs, find_tags, html_codes, html_structure
from .model import Document, Unit
from .seen import seen_units, units_of
from .units import join_lines, one_line
from .writing import Edit, write_units

__all__ = ["EXTENSIONS", "KEEPS", "NAME", "find_units", "language_edits", "read", "sniff", "structure", "write"]

NAME = "html"
EXTENSIONS = (".html", ".htm", ".xhtml", ".xht")
KEEPS = (
    "tags, scripts, styles, pre and code, comments, elements with translate=no; alt, title, placeholder, aria-label and"
    " meta descriptions are translated, lang and dir follow the translation"
)

_HEAD = re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|\A\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_DECLARATION = 2048  # bytes in which an encoding is declared; the standard asks for the first 1024
_LINE = re.compile(r"[^\r\n]+")
_LANGUAGE = re.compile(r"""\s(?:xml:)?(?:lang|dir)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""")
_KINDS = {
    **dict.fromkeys(("caption", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "title"), "heading"),
    **dict.fromkeys(("dd", "dt", "li"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
}


def sniff(name: str, head: bytes) -> float:
    """Return 1 for the names of HTML, and nearly that for a document that says so itself."""
    return 1.0 if name.lower().endswith(EXTENSIONS) else 0.05 if _HEAD.search(head) else 0.0


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read a page."""
    found = _CHARSET.search(data[:_DECLARATION])
    declared = (found[1] or found[2]).decode("ascii") if found else ""
    return read_text(name, NAME, data, language, find_units, declared)


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Write translations into a page; where there are any, it says its language and direction."""
    changed = any(target != document.units[i].text for i, target in targets.items() if i < len(document.units))
    edits = list(language_edits(document.text, language)) if changed else []
    return write_units(document, targets, language, edits, references=True)


def find_units(text: str) -> tuple[list[Unit], int]:
    """Return the units of a page, in order, and the number of letters in attributes that could not be located.

    >>> [(unit.kind, unit.text) for unit in find_units('<h1>A day</h1><p>It <b>rained</b>.<hr title="A rule">')[0]]
    [('heading', 'A day'), ('para', 'It {1}rained{/1}.'), ('attribute', 'A rule')]
    """
    units: list[Unit] = []
    for run in find_runs(text):
        if isinstance(run, Seen):
            units += seen_units(text, one_line(text, run.span), [Seen(_whole(run.span), run.syntax, run.context)])
        else:
            lines = join_lines(text, list(_lines(text, run.span)))
            units += units_of(text, _KINDS.get(run.block, "para"), lines, "html", *html_codes(lines.raw))
    return units, unlocated_letters(text, (Span(tag.start, tag.head) for tag in find_tags(text)))


def structure(document: Document) -> Sequence[object]:
    """Return all of a page but its words, its language and its direction."""
    root = _root(document.text)
    head = _LANGUAGE.sub("", document.text[root.slice()]) if root else ""
    text = document.text if root is None else document.text[: root.start] + head + document.text[root.end :]
    return html_structure(text)


def _whole(span: Span) -> Span:
    return Span(0, span.end - span.start)


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the lines of a span, without the spaces around them; those of no words are left out."""
    for found in _LINE.finditer(text, span.start, span.end):
        words = found[0].strip()
        if words:
            start = found.start() + found[0].index(words)
            yield Span(start, start + len(words))


def _root(text: str) -> Span | None:
    return next((tag.span for tag in find_tags(text) if tag.name == "html"), None)


def language_edits(text: str, language: str) -> Iterator[Edit]:
    """Yield what makes the root element say the language and direction; ``ltr`` is only said where something was."""
    root = _root(text)
    if root is None:
        return
    place = root.start + len("<html")
    added = ""
    for name, value in (("lang", language), ("xml:lang", language), ("dir", direction(language))):
        span = attribute_span(text, root, name)
        if span is not None:
            yield span, value
        elif name == "lang" or value == "rtl":
            added += f' {name}="{value}"'
    if added:
        yield Span(place, place), added
