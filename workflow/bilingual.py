"""A page with source and translation together, to be proofread on paper or on the screen."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from html import escape

from locales import Catalog, State
from locales.tags import direction, display_name

from .entries import Bead, beads
from .segmenting import Version
from .tagging import plain_translation


class Arrangement(StrEnum):
    """How source and translation stand: one below the other, or side by side."""

    ROWS = "rows"
    COLUMNS = "columns"


_STYLE = """\
body { font: 11pt/1.5 serif; margin: 2em auto; max-width: 60em; padding: 0 1em }
table { border-collapse: collapse; width: 100% }
td, th { border-top: 1px solid #bbb; padding: .4em .6em; text-align: start; vertical-align: top; width: 50% }
tr, div { break-inside: avoid }
div { border-top: 1px solid #bbb; padding: .4em 0 }
p { margin: 0 }
.heading { font-weight: bold }
.draft .target, .untranslated .target { color: #555; font-style: italic }
.rows .source { color: #555 }
"""


def bilingual_page(version: Version, catalog: Catalog, language: str, arrangement: Arrangement) -> bytes:
    """Return an HTML page with all sentences of a document and what stands for them in ``catalog``, bead by bead.

    Texts are shown as a reader sees them, without tags. Drafts and what is untranslated or left out say so.
    """
    languages = (version.language, language)
    cell = _row if arrangement is Arrangement.COLUMNS else _block
    rows = "".join(cell(bead, version, languages) for bead in beads(catalog))
    names = [escape(display_name(tag)) for tag in languages]
    if arrangement is Arrangement.COLUMNS:
        head = "".join(f"<th>{name}</th>" for name in names)
        rows = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    title = f"{escape(version.document.name)}: {names[0]} – {names[1]}"
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<style>\n{_STYLE}</style>\n</head>\n<body class="{arrangement}">\n{rows}</body>\n</html>\n'
    )
    return page.encode("utf-8", "replace")


def _row(bead: Bead, version: Version, languages: tuple[str, str]) -> str:
    cells = (
        f'<td class="{side}"{_language(tag)}>{text}</td>'
        for side, tag, text in bilingual_sides(bead, version, languages)
    )
    return f'<tr class="{bead_classes(bead)}">{"".join(cells)}</tr>\n'


def _block(bead: Bead, version: Version, languages: tuple[str, str]) -> str:
    lines = (
        f'<p class="{side}"{_language(tag)}>{text}</p>' for side, tag, text in bilingual_sides(bead, version, languages)
    )
    return f'<div class="{bead_classes(bead)}">{"".join(lines)}</div>\n'


def bilingual_sides(bead: Bead, version: Version, languages: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield side, language and text, escaped, of the source and of the translation."""
    segments = [version.segments[i] for i in bead.ids]
    source = " ".join(segment.plain for segment in segments)
    target = plain_translation(segments, bead.text) or ("(left out)" if bead.omitted else "–")
    for side, tag, text in zip(("source", "target"), languages, (source, target), strict=True):
        yield side, tag, escape(text)


def _language(tag: str) -> str:
    return f' lang="{escape(tag)}" dir="{direction(tag)}"'


def bead_classes(bead: Bead) -> str:
    """Return the kind of the unit and the state of a bead, escaped, with a space between them."""
    kind = bead.head.extracted[0] if bead.head.extracted else ""
    state = State.DRAFT if not bead.valid else bead.state
    return escape(f"{kind} {state.name.lower()}".strip())
