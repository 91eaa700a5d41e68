"""How does a stretch of XML become a unit? Runs that look alike are one text; what markup remains gets tags.

Word processors cut a sentence into runs wherever somebody typed a second time. Of the looks in a paragraph, or in a
pair in it, the one with the most letters is the plain one; text that looks otherwise stands in a pair of tags.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ..model import Span
from .model import Unit
from .nodes import Code, as_text
from .units import is_translatable, letters, make_unit, one_line
from .xml_syntax import ENTITY
from .xml_units import Item, Kind, Stretch, Words

__all__ = ["attribute_unit", "stretch_unit"]

Look = Callable[[str], str]
_SPACES = " \t\r\n"

_CODED = r"<!\[CDATA\[(?P<cdata>.*?)\]\]> | (?P<entity>" + ENTITY.pattern + r")"
_KEPT_SPACES = re.compile(_CODED + r"| (?P<space>\r\n|[\t\r\n])", re.DOTALL | re.VERBOSE)
_FOLDED_SPACES = re.compile(_CODED + r"| (?P<space>[ ]?[\t\r\n][ \t\r\n]* | [ ]{2,}[ \t\r\n]*)", re.DOTALL | re.VERBOSE)


def stretch_unit(text: str, stretch: Stretch, kind: str, syntax: str, look: Look | None = None) -> Unit | None:
    """Return the unit of a stretch of ``text``, or None if there is nothing in it to translate.

    ``look`` reduces the properties of a run to what a reader sees of them. Without it there are no runs: characters
    stand between the tags themselves, and several spaces are read as one.
    """
    items = _joined(_trimmed(text, _in_whole_runs(_collapsed(text, _with_fields(stretch.items)))))
    if not items:
        return None
    first, last = items[0], items[-1]
    extent = Span(first.run.start if first.run else first.start, last.run.end if last.run else last.end)
    codes = [Code(_span(item)) for item in items if item.kind is Kind.ALONE]
    codes += [Code(_span(item.closes), closing=_span(item)) for item in items if item.closes]
    codes += _looks(text, items, look) if look else ()
    codes += _ghosts(items, codes, extent)
    spaces = _KEPT_SPACES if look else _FOLDED_SPACES
    for item in items:
        if item.kind is Kind.TEXT:
            codes += _text_codes(text, _span(item), spaces)
    lines = one_line(text, extent)
    unit = make_unit(kind, lines, syntax, [_moved(code, extent.start) for code in codes])
    return unit if is_translatable(unit) else None


def attribute_unit(text: str, words: Words) -> Unit | None:
    """Return the unit of an attribute value, or None if there is nothing in it to translate."""
    codes = _text_codes(text, words.span, _KEPT_SPACES)
    lines = one_line(text, words.span)
    moved = [_moved(code, words.span.start) for code in codes]
    unit = make_unit("attribute", lines, "xml-attribute", moved, context=words.name)
    return unit if is_translatable(unit) else None


def _with_fields(items: Sequence[Item]) -> list[Item]:
    """Make pairs of the fields whose result stands in this unit: what comes before it, and what comes after it."""
    changed: dict[int, Item | None] = {}
    opened: list[tuple[int, int]] = []  # the first item of a field, and the one before its result
    for index, item in enumerate(items):
        if item.field == "begin":
            opened.append((index, index))
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
            both = replace(opening, end=inside[0].end, computed=opening.computed)
            kept[start:] = [both, *inside[1:-1], Item(Kind.CLOSE, inside[-1].start, item.end, closes=both)]
        else:
            kept.append(replace(item, closes=opening))
    return kept


def _in_whole_runs(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items; placeholders that have a run to themselves are that run."""
    for _, group in groupby(items, key=lambda item: id(item.run)):
        members = list(group)
        run = members[0].run
        if run and all(item.kind is Kind.ALONE for item in members):
            yield Item(Kind.ALONE, run.start, run.end)
        else:
            yield from members


def _trimmed(text: str, items: Iterable[Item]) -> list[Item]:
    """Leave out the placeholders around all text, and spaces there between tags: they stay where they are."""
    kept = list(items)
    ends = [index for index, item in enumerate(kept) if item.run or not _is_margin(text, item)]
    if not ends or all(item.kind is not Kind.TEXT for item in kept):
        return []
    kept = kept[ends[0] : ends[-1] + 1]
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
            joined[-1] = replace(last, end=item.end)
        else:
            joined.append(item)
    return joined


def _looks(text: str, items: Sequence[Item], look: Look) -> Iterator[Code]:
    """Yield the pairs of text that looks otherwise than most of the unit, or of the pair, that it stands in."""
    seen = [_look_of(text, item, look) for item in items]
    containers = list(_containers(items))
    weights: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for item, container, way in zip(items, containers, seen, strict=True):
        if way is not None:
            weights[container][way] += item.end - item.start
    plain = {container: counter.most_common(1)[0][0] for container, counter in weights.items()}
    # Placeholders and spaces look like what is around them.
    ways = [(i, containers[i], seen[i]) for i, item in enumerate(items) if seen[i] is not None or item.closes]
    for (container, way), group in groupby(ways, key=lambda each: each[1:]):
        if way is not None and way != plain[container]:
            indices = [index for index, *_ in group]
            yield from _pair_of_runs(items, indices[0], indices[-1])


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


def _pair_of_runs(items: Sequence[Item], first: int, last: int) -> Iterator[Code]:
    """Yield the pair from the beginning of one item's run to the end of another's, unless these reach into a field."""
    start, end = items[first].run, items[last].run
    while first and items[first - 1].run is start:
        first -= 1
    while last + 1 < len(items) and items[last + 1].run is end:
        last += 1
    if start and end and _is_nested(items[first : last + 1]):
        yield Code(Span(start.start, items[first].start), closing=Span(items[last].end, end.end))


def _ghosts(items: Sequence[Item], codes: Sequence[Code], extent: Span) -> Iterator[Code]:
    """Yield what is neither text nor a tag: it is kept where nothing changes, and else made anew."""
    taken = [_span(item) for item in items]
    taken += [span for code in codes for span in (code.span, code.closing) if span]
    position = extent.start
    for span in sorted(taken, key=lambda span: (span.start, span.end)):
        if position < span.start:
            yield Code(Span(position, span.start), is_text=True)
        position = max(position, span.end)
    if position < extent.end:
        yield Code(Span(position, extent.end), is_text=True)


def _text_codes(text: str, span: Span, spaces: re.Pattern[str]) -> Iterator[Code]:
    for found in spaces.finditer(text, span.start, span.end):
        place = Span(found.start(), found.end())
        if found["entity"]:
            yield as_text(place, found["entity"])
        else:
            yield Code(place, " " if found["cdata"] is None else found["cdata"], is_text=True)


def _span(item: Item) -> Span:
    return Span(item.start, item.end)


def _moved(code: Code, by: int) -> Code:
    """Return a code with its place in a text that begins ``by`` characters later."""
    closing = code.closing and Span(code.closing.start - by, code.closing.end - by)
    return replace(code, span=Span(code.span.start - by, code.span.end - by), closing=closing)
