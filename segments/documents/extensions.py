"""Which lines of a Markdown paragraph are markup to other tools than CommonMark, and which text do they title?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Span

__all__ = ["Line", "Piece", "find_pieces"]

_MARKUP = re.compile(
    r"""/{3,} [^|]*                                  # /// note
      | :{3,} [ \t]* (?: [\w-]* | \{ .* \} )         # :::tip
      | (?: ! {3} | \? {3} \+? ) [ \t]+ [\w -]+      # !!! note, ??? note
      | \[ ! [\w-]+ \] [-+]?                         # [!NOTE]
      | \[\[? _? toc _? \]?\]                        # [TOC]
      | -+ 8< -+ .*                                  # snippet
      | \{ [^{}]* \} | \{\{ [^{}]* \}\}              # {* file *}, {% tag %}, {{< shortcode >}}
      | import \b .* ['"] [^'"]+ ['"] ;?             # MDX
      | export [ ] (?: const | default | function | let ) \b .*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TITLED = (
    re.compile(r"/{3,}[ \t]*[\w-]+[ \t]*\|[ \t]*(?P<title>\S.*)"),
    re.compile(r":{3,}[ \t]*[\w-]+\[(?P<title>.*)\]"),
    re.compile(r":{3,}[ \t]*[\w-]+[ \t]+(?P<title>[^\s{].*)"),
    re.compile(r'(?:(?:!{3}|\?{3}\+?)[ \t]+[\w -]*|={3}[!+]?[ \t]+)"(?P<title>.*)"'),
)
_SIGN = re.compile(r"[/:!?=\[{*-]|import\b|export\b", re.IGNORECASE)  # what all of these begin with
_OPTION = re.compile(r"[\w-]+:.*")  # indented below a line with slashes
_LABEL = re.compile(
    r"""(?: :                        # the definition of the term above
          | \*\[ [^\[\]]+ \]:        # the long form of an abbreviation
          | \[ ! [\w-]+ \] [-+]?     # an alert with a title
        ) [ \t]+ (?=\S)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph: its span in the document, its text, and the columns it is indented by."""

    span: Span
    text: str
    indent: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a paragraph that are one text; a ``title`` stands in a line of markup."""

    slots: tuple[Span, ...]
    title: bool = False


def find_pieces(lines: Iterable[Line]) -> Iterator[Piece]:
    """Yield the texts between the lines of markup of a paragraph, and the titles in those lines, in order."""
    slots: list[Span] = []
    in_options = False
    for line in lines:
        if not in_options and not _SIGN.match(line.text):
            slots.append(line.span)
            continue
        title = next(filter(None, (pattern.fullmatch(line.text) for pattern in _TITLED)), None)
        label = _LABEL.match(line.text)
        is_markup = title is None and (
            _MARKUP.fullmatch(line.text) or (in_options and line.indent >= 4 and _OPTION.fullmatch(line.text))
        )
        if slots and (title or label or is_markup):
            yield Piece(tuple(slots))
            slots = []
        if title:
            yield Piece(
                (Span(line.span.start + title.start("title"), line.span.start + title.end("title")),), title=True
            )
        elif not is_markup:
            slots.append(Span(line.span.start + label.end(), line.span.end) if label else line.span)
        in_options = bool(title or is_markup) and (in_options or line.text.startswith("///"))
    if slots:
        yield Piece(tuple(slots))
