"""How is a Markdown document read? Blocks by markdown-it's line map, each line of text found again in the source.

CommonMark with tables, strikethrough, footnotes and the admonitions of MkDocs. Code, definitions and markup are no
units; text in HTML blocks and the seen values of the front matter are.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ..lines import outside
from ..model import Span
from .elements import Seen
from .extensions import Line, Piece, find_pieces
from .front_matter import find_front_matter
from .html_runs import find_runs, html_codes, html_structure
from .inline import find_inline
from .markdown_signs import ask_by_sign
from .model import Document, Unit
from .seen import seen_units, units_of
from .text_format import TextFormat
from .units import Lines, join_lines, letters, one_line

__all__ = ["FORMAT", "find_units", "structure"]

_EXTENSIONS = (".markdown", ".md", ".mdown", ".mdx", ".mkd", ".mkdn", ".qmd", ".rmd")
_KEEPS = (
    "code, link targets, definitions and the markup of MkDocs, Hugo, Jekyll and MDX; titles and descriptions in the"
    " front matter and in tags are translated"
)
_DEEPEST = 100  # levels of nesting; what lies deeper is left alone and counted
_MOST_MARKUP = 20_000  # characters of inline markup in a unit; nobody writes more, and they take the parser long

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_PIPE = re.compile(r"(?<!\\)\|")
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_KINDS = {
    "admonition_title_open": "heading",
    "footnote_reference_open": "footnote",
    "heading_open": "heading",
    "list_item_open": "item",
    "td_open": "cell",
    "th_open": "cell",
}
_BLOCKS = ask_by_sign(
    MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    .enable("table")
    .use(footnote_plugin, inline=False, move_to_end=False)
    .use(admon_plugin)
    .disable(["inline", "text_join"])
)


def find_units(text: str) -> tuple[list[Unit], int]:
    r"""Return the units of a Markdown text, in order, and the number of letters of human text that were not reached.

    >>> [(unit.kind, unit.text) for unit in find_units("# A day\n\n> It *rained*\n> all day.\n")[0]]
    [('heading', 'A day'), ('para', 'It {1}rained{/1} all day.')]
    """
    search = _Search(text)
    search.run()
    return search.units, search.unreached


def structure(document: Document) -> list[object]:
    """Return all of a Markdown text but its words: its tokens, the tokens inside its lines, its code and raw markup."""
    search = _Search(document.text)
    head = document.text[: search.start]
    for value in reversed(find_front_matter(document.text).values):
        slot = value.lines.slots[0]
        head = head[: slot.start] + head[slot.end :]
    return [head, sorted(search.references), *map(search.facts, search.tokens)]


class _Search:
    """One reading of a Markdown text."""

    def __init__(self, text: str) -> None:
        front = find_front_matter(text)
        environment: dict[str, dict[str, object]] = {}
        self.text = text.replace("\0", "\ufffd")  # as the parser sees it
        self.start = front.end
        self.lines = [Span(found.start(1), found.end(1)) for found in _LINE.finditer(text, front.end)]
        self.tokens = _BLOCKS.parse(self.text[front.end :], environment)
        self.references = environment.get("references", {})
        self.units: list[Unit] = []
        self.unreached = front.unreached
        for value in front.values:
            self._add("attribute", value.lines, value.syntax, value.key)

    def run(self) -> None:
        """Find the units of the whole text."""
        row: Iterator[Span] = iter(())
        outer = parent = Token("", "", 0)
        for token in self.tokens:
            if token.type == "tr_open" and token.map:
                row = self._columns(self.lines[token.map[0]])
            elif token.type == "html_block":
                self._add_html(token)
            elif token.type == "inline" and parent.type in ("td_open", "th_open"):
                self._add_cell(token, row)
            elif token.type == "inline" and parent.type == "admonition_title_open":
                self._add_title(token)
            elif token.type == "inline":
                self._add_paragraph(token, parent, outer)
            outer, parent = parent, token
        self.unreached += self._too_deep()

    def facts(self, token: Token) -> tuple[object, ...]:
        """Return what of a token a translation leaves as it is."""
        if token.type == "inline" and not _is_overloaded(token.content):
            return token.type, _in_any_order(find_inline(token.content, self.references).structure)
        if token.type == "html_block":
            return token.type, html_structure(token.content)
        content = (token.info, token.content) if token.type in ("fence", "code_block") else ()
        return token.type, token.tag, token.level, token.markup, dict(token.attrs), token.meta.get("label"), content

    def _add(self, kind: str, lines: Lines, syntax: str, context: str = "") -> None:
        if _is_overloaded(lines.raw):
            self.unreached += letters(lines.raw)
            return
        if syntax == "html":
            codes, seen = html_codes(lines.raw)
        else:
            inline = find_inline(lines.raw, self.references)
            codes, seen = list(inline.codes), list(inline.seen)
        if "\n" in lines.raw and any("\n" in lines.raw[code.span.slice()] for code in codes):
            self.unreached += letters(lines.raw)  # in code what looks like a line break is none
            return
        if len(lines.raw) < sum(slot.end - slot.start for slot in lines.slots):  # written with escapes of its own
            seen = []
        self.units += units_of(self.text, kind, lines, syntax, codes, seen, context=context)

    def _add_paragraph(self, token: Token, parent: Token, outer: Token) -> None:
        kind = _KINDS.get(parent.type) or _KINDS.get(outer.type, "para")
        lines = self._locate(token)
        if lines is None or _is_overloaded(token.content):
            self.unreached += letters(token.content)
            return
        if kind == "item" and lines and (task := _TASK.match(lines[0].text)):
            span = Span(lines[0].span.start + task.end(), lines[0].span.end)
            lines[0] = Line(span, lines[0].text[task.end() :], lines[0].indent)
        # The underlined kind of heading is a paragraph in all but name.
        syntax = "markdown-line" if parent.markup.startswith("#") else "markdown"
        pieces = list(find_pieces(lines))
        if self._cross_markup(lines, pieces):
            self.unreached += letters(token.content)
            return
        for piece in pieces:
            if piece.title:
                self._add("heading", join_lines(self.text, piece.slots), "markdown-line")
            else:
                self._add(kind, join_lines(self.text, piece.slots, markdown=True), syntax)

    def _cross_markup(self, lines: Sequence[Line], pieces: Sequence[Piece]) -> bool:
        """Tell whether code, a link or the like reaches from one piece of a paragraph into another."""
        going_on = {slot.start for piece in pieces for slot in piece.slots[1:]}
        ends = accumulate(len(line.text) + 1 for line in lines)
        cuts = [
            Span(end - 1, end) for end, line in zip(ends, lines[1:], strict=False) if line.span.start not in going_on
        ]
        if not cuts:
            return False
        codes = find_inline("\n".join(line.text for line in lines), self.references).codes
        bound = [Span(code.span.start, (code.closing or code.span).end) for code in codes]
        return len(list(outside(cuts, bound))) < len(cuts)

    def _locate(self, token: Token) -> list[Line] | None:
        """Return the lines of a paragraph or heading, each the end of a line of the source; None if one is missing."""
        lines: list[Line] = []
        sources = iter(self.lines[slice(*(token.map or (0, 0)))])
        for content in token.content.split("\n"):
            words = content.strip()
            if not words:
                continue
            for source in sources:
                # What follows the words can only be the closing hashes of a heading.
                start = self.text.rfind(words, source.start, source.end)
                if start >= 0 and not self.text[start + len(words) : source.end].strip().strip("#"):
                    break
            else:
                return None
            indent = len(content) - len(content.lstrip())
            lines.append(Line(Span(start, start + len(words)), words, indent))
        return lines

    def _add_title(self, token: Token) -> None:
        """Add the title of an admonition; without quotes there is none in the source, and its type is shown."""
        if not token.map:
            return
        line = self.lines[token.map[0]]
        end = line.start + len(self.text[line.slice()].rstrip()) - 1
        start = end - len(token.content)
        if self.text[start - 1 : end + 1] == f'"{token.content}"':
            self._add("heading", one_line(self.text, Span(start, end)), "markdown-line")

    def _columns(self, line: Span) -> Iterator[Span]:
        """Yield what stands between the pipes of a table row, from the margin to the end of the line."""
        start = line.start
        for pipe in _PIPE.finditer(self.text, line.start, line.end):
            yield Span(start, pipe.start())
            start = pipe.end()
        yield Span(start, line.end)

    def _add_cell(self, token: Token, row: Iterator[Span]) -> None:
        content = token.content.strip()
        if not content:
            return
        for column in row:
            raw = self.text[column.slice()].strip()
            # The first column holds the margin, too: the sign of a quotation or a list.
            words = raw if raw.replace("\\|", "|") == content else raw[-len(content) :]
            if words.replace("\\|", "|") == content:
                end = column.start + len(self.text[column.slice()].rstrip())
                self._add("cell", Lines(content, (Span(end - len(words), end),)), "table-cell")
                return
        self.unreached += letters(content)

    def _add_html(self, token: Token) -> None:
        sources = self.lines[slice(*(token.map or (0, 0)))]
        starts = [0]  # of each line in the content of the token
        shifts: list[int] = []  # from there to its place in the text
        for source, content in zip(sources, token.content.split("\n"), strict=False):
            line = self.text[source.slice()].rstrip()
            if not line.endswith(content.strip()):
                self.unreached += letters(token.content)
                return
            shifts.append(source.start + len(line) - len(content.rstrip()) - starts[-1])
            starts.append(starts[-1] + len(content) + 1)
        for run in find_runs(token.content):
            first, last = bisect_right(starts, run.span.start) - 1, bisect_left(starts, run.span.end)
            parts = [
                _stripped(self.text, _shared(run.span, starts[k], starts[k + 1], shifts[k])) for k in range(first, last)
            ]
            slots = [part for part in parts if part.start < part.end]
            if isinstance(run, Seen):
                seen = Seen(Span(0, slots[0].end - slots[0].start), run.syntax, run.context)
                self.units += seen_units(self.text, one_line(self.text, slots[0]), [seen])
            elif slots:
                self._add("para", join_lines(self.text, slots), "html")

    def _too_deep(self) -> int:
        """Count the letters on lines that the parser left out because they are nested too deeply."""
        if all(token.level < _DEEPEST - 1 for token in self.tokens):
            return 0
        seen = {line for token in self.tokens if token.nesting == 0 and token.map for line in range(*token.map)}
        return sum(letters(self.text[line.slice()]) for number, line in enumerate(self.lines) if number not in seen)


def _is_overloaded(text: str) -> bool:
    return len(text) > _MOST_MARKUP and sum(map(text.count, "!&*<[\\_`~")) > _MOST_MARKUP


def _shared(run: Span, start: int, end: int, shift: int) -> Span:
    """Return where in the text that part of a run lies that is on the line ``start:end`` of its block."""
    return Span(max(run.start, start) + shift, min(run.end, end - 1) + shift)


def _stripped(text: str, span: Span) -> Span:
    words = text[span.slice()]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _in_any_order(facts: Sequence[object]) -> list[object]:
    """Return facts so that the order of inline markup makes no difference: a translation may move it."""
    return sorted(facts, key=repr)


FORMAT = TextFormat("markdown", _EXTENSIONS, _KEEPS, find_units, structure)
