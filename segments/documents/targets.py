"""What is a translation with numbered tags made of? Words, and the markup that its tags stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..errors import DocumentError
from ..model import Span
from .model import Node, Text, Unit
from .splicing import splice
from .tags import TAG, tag_problems

__all__ = ["changed_nodes", "check_tags", "pieces_of", "with_original"]


def check_tags(unit: Unit, target: str) -> None:
    """Raise :class:`DocumentError` if a tag of a translation is not one of its unit, or lacks its other half.

    A tag that is named nowhere went with a sentence that is left out.
    """
    named = {match[match.lastgroup or 0] for match in TAG.finditer(target)}
    wanted = "".join(tag.code for tag in unit.tags if str(tag.number) in named)
    if problems := tag_problems(wanted, target):
        raise DocumentError(f"{target!r}: {', '.join(problems)}; mend the translation.")


def changed_nodes(unit: Unit, inner: Sequence[tuple[Span, str]]) -> tuple[str, list[Node], str]:
    """Return the markup around a unit and its nodes, the texts in the markup changed."""
    if not inner:
        return unit.before, list(unit.nodes), unit.after
    parts = [unit.before, *(node.original for node in unit.nodes), unit.after]
    position = 0
    for index, part in enumerate(parts):
        inside = [(span, text) for span, text in inner if position <= span.start and span.end <= position + len(part)]
        moved = [(Span(span.start - position, span.end - position), text) for span, text in inside]
        position += len(part)
        parts[index] = splice(part, moved)
    nodes = [with_original(node, part) for node, part in zip(unit.nodes, parts[1:-1], strict=True)]
    return parts[0], nodes, parts[-1]


def with_original(node: Node, original: str) -> Node:
    """Return a node with other markup; a text stays."""
    return node if isinstance(node, Text) else replace(node, original=original)


def pieces_of(nodes: Sequence[Node], target: str) -> Iterator[str | Node]:
    """Yield the words of a target, and the nodes that its tags name."""
    known = {node.code: node for node in nodes if not isinstance(node, Text)}
    position = 0
    for match in TAG.finditer(target):
        if position < match.start():
            yield target[position : match.start()]
        yield known[match[0]]
        position = match.end()
    if position < len(target):
        yield target[position:]
