"""Tables and links of a page, as HTML in which every text is only ever text."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

STYLE = """<style>
.hx { overflow-x: auto }
.hx table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums }
.hx th, .hx td { padding: .5rem .75rem; text-align: start; vertical-align: top;
  border-block-end: 1px solid color-mix(in srgb, currentColor 25%, transparent) }
.hx th { font-weight: 600 }
.hx th[scope=row] { overflow-wrap: anywhere; min-inline-size: 9rem }
.hx td { min-inline-size: 7rem }
.hx a { color: inherit; text-decoration: underline; text-underline-offset: .15em }
.hx a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 2px }
.hx .text { unicode-bidi: plaintext; overflow-wrap: anywhere }
.hx .quiet { font-size: .875rem }
.hx ol:lang(fa) { list-style-type: persian }
.hx ol { display: grid; gap: .5rem; padding-inline-start: 1.5rem; margin: 0 }
.hx .bar { display: flex; block-size: .75rem; border-radius: 2px; overflow: hidden; gap: 1px; margin-block: .25rem;
  outline: 1px solid color-mix(in srgb, currentColor 35%, transparent) }
.hx .bar > span { display: block }
.hx .key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-block: .5rem; padding: 0; list-style: none }
.hx .key span { display: inline-block; inline-size: .875rem; block-size: .875rem; margin-inline-end: .4rem;
  border-radius: 2px; vertical-align: -.1rem; outline: 1px solid color-mix(in srgb, currentColor 35%, transparent) }
</style>"""


def link(text: str, page: str, **query: str) -> str:
    """Return a link to a page of ours; what is empty in the query is left out.

    >>> link("A & B", "review", document="a b.txt", row="")
    '<a href="/review?document=a+b.txt" target="_self">A &amp; B</a>'
    """
    given = urlencode({name: value for name, value in query.items() if value})
    address = f"/{page}?{given}" if given else f"/{page}"
    return f'<a href="{escape(address)}" target="_self">{escape(text)}</a>'


def text(content: str) -> str:
    """Return a text of a document: it runs in its own direction."""
    return f'<span class="text">{escape(content)}</span>'


def isolated(content: str) -> str:
    """Return a text whose direction leaves what stands around it alone (Unicode Standard Annex 9, isolates)."""
    return f"\u2068{content}\u2069"


def literal(content: str) -> str:
    r"""Return a text so that Streamlit's Markdown shows it as it is.

    >>> print(literal("![a](b).md"))
    \!\[a\]\(b\)\.md
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", content)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """Return a table; the head and the first cell of a row are text, its other cells are HTML."""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = (
        f'<tr><th scope="row">{text(first)}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    # What may have to be scrolled must be reached by the keyboard.
    frame = f'<div class="hx" role="region" tabindex="0" aria-label="{escape(label)}">'
    return f"{frame}<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
