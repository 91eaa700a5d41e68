"""How is a translation written into its place, so that it says what it says and breaks nothing around it?"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from markdown_it.common.html_blocks import block_names

from ..blocks import blocks, starts_block
from ..lines import LINE_BREAK, columns, fold
from ..model import Span
from .filling import fill
from .front_matter import quote_value
from .html_runs import html_codes
from .inline import find_inline
from .model import Layout, Unit
from .nodes import find_codes
from .subtitles import cue_codes
from .units import find_addresses
from .wrapping import wrap

__all__ = ["render", "restored"]

_WIDE_CONTEXT = frozenset({"ja", "ko", "yue", "zh"})  # where characters of ambiguous width are wide (UAX #11)

# What begins a block of Markdown, and so may not begin a paragraph by chance. CommonMark 0.31, sections 4 and 5, and
# the extensions that are read.
_BLOCK_START = re.compile(
    rf"""(?P<label> \d{{1,9}} (?=[.)](?:\s|$)) | \*? \[(?:[^\[\]\\]|\\.)*\] (?=:) )
      | [-+*](?=\s|$)
      | \#{{1,6}}(?=\s|$)
      | >
      | (?P<fence>`{{3,}}|~{{3,}})
      | [-:|][-:|\s]*$
      | ={{3}} | =+\s*$
      | (?P<rule>[-_*])(?:[ \t]*(?P=rule)){{2,}}[ \t]*$
      | /{{3}} | [:!]{{3}} | \?{{3}} | :\s
      | <(?: !-- | [?] | ![A-Za-z] | /?(?:{"|".join(block_names)}|pre|script|style|textarea)(?=[\s/>]|$) )""",
    re.VERBOSE | re.IGNORECASE,
)
# The same for a line inside a paragraph, looking only at the words that come next.
_LINE_START = re.compile(
    r"\d{1,9}[.)](?=\s|$)|[-+*=_~][-+*=_~:|]*(?=\s|$)|#{1,6}(?=\s|$)|[>|:<{]|`{3}|~{3}|/{3}|!{3}|\?{3}|={3}|\*?\[[^\[\]]*\]:"
    r"|import\b|export\b"
)
_UNBROKEN = re.compile(r"\\ |\A`{3,}[^`]*`|\A(?:<[^<>]*>\s*|[-_*=]+\s+)+(?=\S)")
_NARROWER = 10  # columns to try
_NARROWEST_CUE = 10  # columns
_CUE_START = re.compile(r"[-‐–—]|\d+(?=\s|$)|[\d:.,]+ ?-->")  # a turn, the number of a cue, its time
_CLOSING_HASHES = re.compile(r"(?:(?<=[ \t])|^)(?=#+$)")


def render(unit: Unit, target: str, target_language: str, inner: Sequence[tuple[Span, str]] = ()) -> str:
    """Return what replaces the extent of ``unit`` for it to read ``target``; an empty target leaves an empty place.

    ``inner`` are changes in its markup, as :func:`.filling.fill` takes them. A wrapped paragraph is wrapped to its
    width again, its lines prefixed as before; a line break in the target is kept only where the source has one in this
    unit, elsewhere it becomes a space (nothing between CJK characters).
    """
    ambiguous = 2 if target_language.split("-")[0] in _WIDE_CONTEXT else 1
    return _WRITERS[unit.syntax](unit, fill(unit, target, inner), ambiguous)


def restored(unit: Unit) -> list[tuple[Span, str]]:
    """Return what stands in each slot of ``unit`` when its nodes are written as the source writes them."""
    if unit.syntax in _QUOTED:
        return [(unit.extent, _QUOTED[unit.syntax](unit.raw))]
    if len(unit.slots) == 1:
        return [(unit.slots[0], unit.raw)]
    return [
        (slot, unit.raw[start : start + slot.end - slot.start])
        for slot, start in zip(unit.slots, unit.layout.starts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the words of a unit are set on lines."""

    layout: Layout
    ambiguous: int  # columns of a character of ambiguous width
    unbroken: Callable[[str], Sequence[Span]]  # where no line ends
    unfit: Callable[[str], bool]  # what no line begins with

    def lines(self, words: str, width: int, *, first: bool = True) -> list[str]:
        """Return ``words`` on their lines; ``first`` tells whether they begin where the unit begins."""
        if not width:
            return [words]
        other = columns(self.layout.prefix.expandtabs())
        return wrap(
            words,
            width,
            first=self.layout.indent if first else other,
            other=other,
            protected=self.unbroken(words),
            unfit=self.unfit,
            ambiguous=self.ambiguous,
        )


def _text(unit: Unit, target: str, ambiguous: int) -> str:
    words, layout = fold(target), unit.layout
    setting = _Setting(layout, ambiguous, find_addresses, starts_block)
    soft_end = layout.newline + layout.prefix
    # Lines that all end a sentence, or happen to be ragged, would be read as paragraphs: then a bit narrower.
    for width in range(layout.width, max(layout.width - _NARROWER, 0), -1):
        lines = setting.lines(words, width)
        if unit.kind != "para" or len(blocks("\n".join(lines))) <= 1:
            return soft_end.join(lines)
    return words


def _markdown(unit: Unit, target: str, ambiguous: int) -> str:
    words = _paragraph(unit, target, ambiguous, lambda part, end: _guarded(part, end, unit.raw), _unbroken)
    if unit.kind != "heading":
        return words
    # Without words the underline of a heading is a line across the page, below a pipe it is that of a table.
    edges = [0, *(edge for span in find_inline(words).unbroken for edge in (span.start, span.end)), len(words)]
    parts = [words[start:end] for start, end in pairwise(edges)]  # every other one is protected
    parts[::2] = [part.replace("|", "&#124;") for part in parts[::2]]
    return "".join(parts) or "&#8288;"


def _html(unit: Unit, target: str, ambiguous: int) -> str:
    # An empty line would end the block.
    return _paragraph(unit, target, ambiguous, lambda words, end: words, _unbroken_html) or "<!-- -->"


def _paragraph(
    unit: Unit,
    target: str,
    ambiguous: int,
    guard: Callable[[str, str], str],
    unbroken: Callable[[str], Sequence[Span]],
) -> str:
    """Set the target on its lines; ``guard`` gets the words up to each line break of the text, and the break."""
    layout = unit.layout
    parts = [fold(part) for part in LINE_BREAK.split(target.strip())] if layout.hard_break else [fold(target)]
    if not layout.hard_break.endswith("\\"):
        parts = list(filter(None, parts))  # an empty line would end the paragraph, unless a backslash stands there
    if not parts:
        return ""
    parts = [guard(part, layout.hard_break) for part in parts[:-1]] + [guard(part, "") for part in parts[-1:]]
    # A backslash would take away the meaning of the mark after it.
    parts[:-1] = [f"{part} " if part.endswith("\\") else part for part in parts[:-1]]
    setting = _Setting(layout, ambiguous, unbroken, _may_start_block)
    soft_end = layout.newline + layout.prefix
    return (layout.hard_break + soft_end).join(
        soft_end.join(setting.lines(words, layout.width, first=number == 0)) for number, words in enumerate(parts)
    )


def _unbroken(words: str) -> list[Span]:
    """Return the spans that hold no line end: what is protected, and what a line end would make another block."""
    others = (Span(found.start(), found.end()) for found in _UNBROKEN.finditer(words))
    return [*find_inline(words).unbroken, *others]


def _unbroken_html(words: str) -> list[Span]:
    return [code.span for code in find_codes(html_codes(words)[0]) if not code.is_text]


def _may_start_block(rest: str) -> bool:
    return _LINE_START.match(rest) is not None


def _guarded(words: str, end: str, source: str) -> str:
    """Escape what would make ``words``, with ``end`` after them, begin a block; a tag that the source has is meant."""
    found = _BLOCK_START.match(words + end)
    if found is None or (found[0].startswith("<") and found[0] in source):
        return words
    if fence := found["fence"]:
        markup = find_inline(words).unbroken
        is_code = bool(markup) and markup[0].start == 0  # closed on its own line, and so no fence
        entities = f"&#{ord(fence[0])};" * len(fence)
        return words if is_code or source.startswith(fence) else entities + words[len(fence) :]
    place = found.end("label") if found["label"] else 0
    return f"{words[:place]}\\{words[place:]}"


def _cue(unit: Unit, target: str, ambiguous: int) -> str:
    """Set the words on as few lines as hold them, each about as long as the others."""
    words = fold(target)
    setting = _Setting(unit.layout, ambiguous, _unbroken_cue, _may_start_cue)
    lines = setting.lines(words, unit.layout.width)
    for width in range(unit.layout.width - 1, _NARROWEST_CUE, -1):
        narrower = setting.lines(words, width)
        if len(narrower) > len(lines) or max(map(columns, narrower)) > unit.layout.width:
            break
        lines = narrower
    return unit.layout.newline.join(lines)


def _unbroken_cue(words: str) -> list[Span]:
    return [code.span for code in cue_codes(words, "")]


def _may_start_cue(rest: str) -> bool:
    return _CUE_START.match(rest) is not None


def _heading(unit: Unit, target: str, ambiguous: int) -> str:
    return _CLOSING_HASHES.sub(r"\\", fold(target), count=1)


def _cell(unit: Unit, target: str, ambiguous: int) -> str:
    words = _quoted_cell(_guarded(fold(target), "", unit.raw))
    return words + " " if words.endswith("\\") else words


def _quoted_cell(words: str) -> str:
    return words.replace("|", "\\|")


def _one_line(unit: Unit, target: str, ambiguous: int) -> str:
    return fold(target)


def _value(unit: Unit, target: str, ambiguous: int) -> str:
    return quote_value(unit.syntax, fold(target))


_WRITERS: dict[str, Callable[[Unit, str, int], str]] = {
    "html": _html,
    "html-double": _one_line,
    "html-single": _one_line,
    "markdown": _markdown,
    "srt": _cue,
    "vtt": _cue,
    "markdown-alt": _one_line,
    "markdown-line": _heading,
    "table-cell": _cell,
    "text": _text,
    "title-double": _one_line,
    "title-round": _one_line,
    "title-single": _one_line,
    "toml-single": _value,
    "yaml-double": _value,
    "yaml-plain": _value,
    "yaml-single": _value,
}

_QUOTED: dict[str, Callable[[str], str]] = {
    "table-cell": _quoted_cell,
    **{syntax: partial(quote_value, syntax) for syntax in ("toml-single", "yaml-double", "yaml-plain", "yaml-single")},
}
"""How the raw text of a unit is written where the source writes it in quotes or with escapes."""
