"""What is written for a translation with numbered tags? Its words as the source would write them, and the markup."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ..model import Span
from .inline import find_inline
from .model import Close, Node, Open, Placeholder, Text, Unit
from .targets import changed_nodes, check_tags, pieces_of, with_original

__all__ = ["fill"]

_ESCAPES: Mapping[str, Mapping[str, str]] = {
    "html": {"&": "&amp;", "<": "&lt;"},
    "vtt": {"&": "&amp;", "<": "&lt;", ">": "&gt;"},
    "html-double": {"&": "&amp;", "<": "&lt;", '"': "&quot;"},
    "html-single": {"&": "&amp;", "<": "&lt;", "'": "&#39;"},
    "markdown-alt": {"\\": "\\\\", "[": "\\[", "]": "\\]"},
    "title-double": {"\\": "\\\\", '"': '\\"'},
    "title-round": {"\\": "\\\\", "(": "\\(", ")": "\\)"},
    "title-single": {"\\": "\\\\", "'": "\\'"},
}
"""How the characters are written that a syntax would take for markup."""
_MARKDOWN = frozenset({"markdown", "markdown-line", "table-cell"})
_MARKDOWN_SIGNS = {sign: f"\\{sign}" for sign in "\\`*_[]<>~"}
# Other ways to write emphasis, where the words around it keep Markdown from reading it: between letters, and beside
# the punctuation of scripts without spaces (CommonMark 0.31, 6.2, rules 1 to 10).
_WAYS: Sequence[Mapping[str, str]] = (
    {},
    {"_": "*", "__": "**"},
    {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del"},
)


def fill(unit: Unit, target: str, inner: Sequence[tuple[Span, str]] = ()) -> str:
    """Return the raw text of ``unit`` for it to read ``target``; an empty target is an empty text.

    ``inner`` are changes in its markup: spans of its raw text, and what is to stand there. Markup that a translator
    typed stays markup in Markdown, as long as it takes nothing from that of the source. Tags may be missing, as those
    of a sentence that is left out. Raise :class:`segments.errors.DocumentError` for tags that the unit has not, that
    come twice or are not whole and nested.
    """
    if not target:
        return ""
    check_tags(unit, target)
    before, nodes, after = changed_nodes(unit, inner)
    pieces = list(pieces_of(nodes, target))
    table = str.maketrans({**_ESCAPES.get(unit.syntax, {}), **_spellings(unit)})
    plain = [piece.translate(table) if isinstance(piece, str) else piece for piece in pieces]
    if unit.syntax not in _MARKDOWN or len(plain) == 1:
        return before + _joined(plain) + after
    lost = _unread([before, *nodes, after])
    escapes = str.maketrans({**_MARKDOWN_SIGNS, **_spellings(unit)})
    escaped = [piece.translate(escapes) if isinstance(piece, str) else piece for piece in pieces]
    for way in _WAYS:
        for words in (plain, escaped):
            written = [before, *_rewritten(words, way), after]
            if not _unread(written) - lost:
                return _joined(written)
    return before + _joined(plain) + after


def _spellings(unit: Unit) -> dict[str, str]:
    """Return how the source writes characters that it does not write as they are."""
    differing = (node for node in unit.nodes if isinstance(node, Text) and node.text != node.original)
    return {node.text: node.original for node in differing if len(node.text) == 1 and node.text != " "}


def _rewritten(pieces: Sequence[str | Node], way: Mapping[str, str]) -> list[str | Node]:
    return [piece if isinstance(piece, str) else _in_another_way(piece, way) for piece in pieces]


def _in_another_way(node: Node, way: Mapping[str, str]) -> Node:
    other = way.get(node.original)
    if other is None or isinstance(node, (Text, Placeholder)):
        return node
    if other.isalpha():
        other = f"<{other}>" if isinstance(node, Open) else f"</{other}>"
    return with_original(node, other)


def _joined(pieces: Sequence[str | Node]) -> str:
    return "".join(map(_written, pieces))


def _written(piece: str | Node) -> str:
    if isinstance(piece, str):
        return piece
    return (isinstance(piece, Close) and piece.written) or piece.original


def _unread(pieces: Sequence[str | Node]) -> Counter[str]:
    """Count the tags whose markup a reader of Markdown would not find where it stands."""
    raw = _joined(pieces)
    inline = find_inline(raw)
    found = {span for code in inline.codes for span in (code.span, code.closing)}
    lost: Counter[str] = Counter()
    position = 0
    for piece in pieces:
        end = position + len(_written(piece))
        if not isinstance(piece, (str, Text)) and Span(position, end) not in found:
            lost[piece.code] += 1
        position = end
    return lost
