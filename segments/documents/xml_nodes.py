"""How does a stretch of XML become a unit? Runs that look alike are one text; what markup remains gets tags.

Word processors cut a sentence into runs wherever somebody typed a second time. Of the looks in a paragraph, or in a
pair in it, the one with the most letters is the plain one; text that looks otherwise stands in a pair of tags.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ..model import Span
from .model import Close, Node, Open, Placeholder, Text, Unit
from .nodes import as_text, unwrapped
from .tags import TAG as NUMBERED
from .units import is_translatable, letters
from .xml_syntax import ENTITY
from .xml_units import Item, Kind, Stretch, Words

__all__ = ["attribute_unit", "stretch_unit"]

Look = Callable[[str], str]
_SPACES = " \t\r\n"
_DEEPEST_FIELD = 40  # fields in fields; twice what Word allows
_CODED = r"<!\[CDATA\[(?P<cdata>.*?)\]\]> | (?P<entity>" + ENTITY.pattern + r") | (?P<bare>" + NUMBERED.pattern + r")"
_KEPT_SPACES = re.compile(_CODED + r"| (?P<space>\r\n|[\t\r\n])", re.DOTALL | re.VERBOSE)
_FOLDED_SPACES = re.compile(_CODED + r"| (?P<space>[ ]?[\t\r\n][ \t\r\n]* | [ ]{2,}[ \t\r\n]*)", re.DOTALL | re.VERBOSE)


def stretch_unit(text: str, stretch: Stretch, kind: str, syntax: str, look: Look | None = None) -> Unit | None:
    """Return the unit of a stretch of ``text``, or None if there is nothing in it to translate.

    ``look`` reduces the properties of a run to what a reader sees of them. Without it there are no runs: characters
    stand between the tags themselves, and several spaces are read as one.
    """
    items = stretch.items
    if any(item.kind is not Kind.TEXT for item in items):
        items = _in_whole_runs(_collapsed(text, _with_fields(items)))
    items = _joined(_trimmed(text, items))
    if not items:
        return None
    first, last = items[0], items[-1]
    extent = Span(first.run.start if first.run else first.start, last.run.end if last.run else last.end)
    if look:
        items = _with_looks(text, items, look)
    before, nodes, after = unwrapped(_nodes(text, items, extent, _KEPT_SPACES if look else _FOLDED_SPACES))
    unit = Unit(kind, nodes, (extent,), syntax, before, after)
    return unit if is_translatable(unit) else None


def attribute_unit(text: str, words: Words) -> Unit | None:
    """Return the unit of an attribute value, or None if there is nothing in it to translate."""
    item = Item(Kind.TEXT, words.span.start, words.span.end)
    nodes = _nodes(text, [item], words.span, _KEPT_SPACES)
    unit = Unit("attribute", tuple(nodes), (words.span,), "xml-attribute", context=words.name)
    return unit if is_translatable(unit) else None


def _nodes(text: str, items: Sequence[Item], extent: Span, spaces: re.Pattern[str]) -> list[Node]:
    """Return the nodes of items in order; what lies between these is kept, but no reader sees it."""
    nodes: list[Node] = []
    numbers: dict[int, int] = {}
    position, count = extent.start, 0
    for item in items:
        if position < item.start:
            nodes.append(Text("", text[position : item.start]))
        position = item.end
        original = text[item.start : item.end]
        if item.kind is Kind.TEXT:
            texts = _texts(original, spaces, count)
            count += sum(isinstance(node, Placeholder) for node in texts)
            nodes += texts
        elif item.closes:
            nodes.append(Close(numbers[id(item.closes)], original))
        else:
            count += 1
            numbers[id(item)] = count
            nodes.append(Open(count, original) if item.kind is Kind.OPEN else Placeholder(count, original))
    if position < extent.end:
        nodes.append(Text("", text[position : extent.end]))
    return nodes


def _texts(raw: str, spaces: re.Pattern[str], count: int) -> list[Text | Placeholder]:
    """Return the nodes of characters as written; what only looks like a tag is a placeholder, numbered on."""
    nodes: list[Text | Placeholder] = []
    position = 0
    for found in spaces.finditer(raw):
        if position < found.start():
            nodes.append(Text(raw[position : found.start()], raw[position : found.start()]))
        position = found.end()
        words = " " if found["cdata"] is None else found["cdata"]
        code = as_text(Span(0, 0), found["entity"]) if found["entity"] else None
        if found["bare"] or (code and not code.is_text):
            count += 1
            nodes.append(Placeholder(count, found[0], found["bare"] or ""))
        else:
            nodes.append(Text(code.equivalent if code else words, found[0]))
    if position < len(raw):
        nodes.append(Text(raw[position:], raw[position:]))
    return nodes


def _with_fields(items: Sequence[Item]) -> list[Item]:
    """Make pairs of the fields whose result stands in this unit: what comes before it, and what comes after it."""
    changed: dict[int, Item | None] = {}
    opened: list[tuple[int, int]] = []  # the first item of a field, and the one before its result
    for index, item in enumerate(items):
        if item.field == "begin":
            opened.append((index, index))
            if len(opened) > _DEEPEST_FIELD:
                return list(items)
        elif item.field == "separate" and opened:
            opened[-1] = (opened[-1][0], index)
        elif item.field == "end" and opened:
            begin, result = opened.pop()
            if any(part.kind is not Kind.ALONE for part in items[begin:result]) or not _is_nested(items[result:index]):
                continue
            changed |= dict.fromkeys(range(begin, result + 1))
            changed[begin] = _spanning(items, Kind.OPEN, begin, result, computed=True)
            changed[index] = _spanning(items, Kind.CLOSE, index, index)
    kept = (changed.get(index, item) for index, item in enumerate(items))
    return [item for item in kept if item]


def _is_nested(items: Sequence[Item]) -> bool:
    depth = 0
    for item in items:
        depth += (item.kind is Kind.OPEN) - (item.kind is Kind.CLOSE)
        if depth < 0:
            return False
    return not depth


def _spanning(items: Sequence[Item], kind: Kind, first: int, last: int, *, computed: bool = False) -> Item:
    """Return one item in the place of several: of all their runs, where there is nothing else in these."""
    start, end = items[first], items[last]
    is_shared = any(
        run is not None and 0 <= index < len(items) and items[index].run is run
        for run, index in ((start.run, first - 1), (end.run, last + 1))
    )
    if is_shared or start.run is None or end.run is None:
        return Item(kind, start.start, end.end, start.run, computed=computed)
    return Item(kind, start.run.start, end.run.end, computed=computed)


def _collapsed(text: str, items: Sequence[Item]) -> list[Item]:
    """Make placeholders of pairs without text or with a computed number, and one pair of two around the same text."""
    kept: list[Item] = []
    opened: list[int] = []
    for item in items:
        if item.kind is Kind.OPEN:
            opened.append(len(kept))
        if item.kind is not Kind.CLOSE:
            kept.append(item)
            continue
        start = opened.pop()
        opening, inside = kept[start], kept[start + 1 :]
        words = [text[each.start : each.end] for each in inside if each.kind is Kind.TEXT]
        in_block = opening.run is None and item.run is None
        if opening.run is item.run and (not any(map(letters, words)) if opening.computed else not words):
            kept[start:] = [Item(Kind.ALONE, opening.start, item.end, opening.run)]
        elif in_block and inside and inside[-1].closes is inside[0] and inside[0].run is inside[-1].run is None:
            opening.end = inside[0].end
            kept[start:] = [opening, *inside[1:-1], Item(Kind.CLOSE, inside[-1].start, item.end, closes=opening)]
        else:
            item.closes = opening
            kept.append(item)
    return kept


def _in_whole_runs(items: Sequence[Item]) -> list[Item]:
    """Return the items; placeholders that have a run to themselves are that run."""
    kept: list[Item] = []
    for _, group in groupby(items, key=lambda item: id(item.run)):
        members = list(group)
        run = members[0].run
        if run and all(item.kind is Kind.ALONE for item in members):
            kept.append(Item(Kind.ALONE, run.start, run.end))
        else:
            kept += members
    return kept


def _trimmed(text: str, items: Sequence[Item]) -> Sequence[Item]:
    """Leave out the placeholders around all text, and spaces there between tags: they stay where they are."""
    ends = [index for index, item in enumerate(items) if item.run or not _is_margin(text, item)]
    if not ends or all(item.kind is not Kind.TEXT for item in items):
        return []
    kept = items[ends[0] : ends[-1] + 1]
    first, last = kept[0], kept[-1]
    if first.kind is Kind.TEXT and not first.run:
        words = text[first.start : first.end]
        first.start += len(words) - len(words.lstrip(_SPACES))
    if last.kind is Kind.TEXT and not last.run:
        last.end -= len(text[last.start : last.end]) - len(text[last.start : last.end].rstrip(_SPACES))
    return kept


def _is_margin(text: str, item: Item) -> bool:
    is_space = item.kind is Kind.TEXT and not text[item.start : item.end].strip(_SPACES)
    return is_space or item.kind is Kind.ALONE


def _joined(items: Sequence[Item]) -> list[Item]:
    """Make one placeholder of several that follow each other."""
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        if last and last.kind is item.kind is Kind.ALONE and last.run is item.run:
            last.end = item.end
        else:
            joined.append(item)
    return joined


def _with_looks(text: str, items: Sequence[Item], look: Look) -> list[Item]:
    """Put pairs around text that looks otherwise than most of the unit, or of the pair, that it stands in."""
    seen = [_look_of(text, item, look) for item in items]
    if len(set(seen) - {None}) < 2:
        return list(items)
    containers = list(_containers(items))
    weights: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for item, container, way in zip(items, containers, seen, strict=True):
        if way is not None:
            weights[container][way] += item.end - item.start
    plain = {container: counter.most_common(1)[0][0] for container, counter in weights.items()}
    # Placeholders and spaces look like what is around them.
    ways = [(i, containers[i], seen[i]) for i, item in enumerate(items) if seen[i] is not None or item.closes]
    opening: dict[int, Item] = {}
    closing: dict[int, Item] = {}
    for (container, way), group in groupby(ways, key=itemgetter(1, 2)):
        if way is not None and way != plain[container]:
            indices = [index for index, *_ in group]
            for first, last, start, end in _run_pair(items, indices[0], indices[-1]):
                opening[first], closing[last] = start, end
    around = ((opening.get(i), item, closing.get(i)) for i, item in enumerate(items))
    return [each for three in around for each in three if each]


def _look_of(text: str, item: Item, look: Look) -> str | None:
    is_read = item.kind is Kind.TEXT and not text[item.start : item.end].isspace()
    return look(item.run.look) if is_read and item.run else None


def _containers(items: Sequence[Item]) -> Iterator[int]:
    """Yield for each item the index of the pair it stands in, -1 for none."""
    opened = [-1]
    for index, item in enumerate(items):
        if item.closes:
            opened.pop()
        yield opened[-1]
        if item.kind is Kind.OPEN:
            opened.append(index)


def _run_pair(items: Sequence[Item], first: int, last: int) -> Iterator[tuple[int, int, Item, Item]]:
    """Yield the pair from the beginning of one item's run to the end of another's, unless these reach into a field."""
    start, end = items[first].run, items[last].run
    while first and items[first - 1].run is start:
        first -= 1
    while last + 1 < len(items) and items[last + 1].run is end:
        last += 1
    if start and end and _is_nested(items[first : last + 1]):
        opening = Item(Kind.OPEN, start.start, items[first].start)
        yield first, last, opening, Item(Kind.CLOSE, items[last].end, end.end, closes=opening)
