"""What do formats share whose documents are archives of XML parts?"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from ..model import Span
from .archive import Archive
from .model import Document, Part, Text, Unit
from .splicing import splice
from .targets import check_tags
from .writing import encode
from .xml_syntax import TAG, check_xml, decode_xml
from .xml_writing import Change, Edit, write_changes

__all__ = ["in_order", "kept_tags", "read_part", "unit_changes", "unit_shape", "write_parts"]

Fill = Callable[[Unit, str, Sequence[Edit]], str]


def read_part(archive: Archive, name: str) -> Part:
    """Return the text of a part. Raise :class:`DocumentError` if it is missing, or no XML that can be trusted."""
    place = f"{archive.name}: {name}"
    text, encoding, mark = decode_xml(place, archive.read(name))
    check_xml(place, text)
    return Part(text, encoding, mark, name)


def in_order(part: int, units: Iterable[Unit]) -> list[Unit]:
    """Return the units of a part in the order of its text, each with its place in the unit whose markup it lies in."""
    ordered: list[Unit] = []
    around: list[Unit] = []
    for unit in sorted(units, key=lambda unit: (unit.extent.start, -unit.extent.end)):
        while around and around[-1].extent.end < unit.extent.end:
            around.pop()
        start = around[-1].extent.start if around else 0
        host = Span(unit.extent.start - start, unit.extent.end - start) if around else None
        ordered.append(replace(unit, part=part, host=host) if part or host else unit)
        around.append(unit)
    return ordered


def unit_changes(document: Document, targets: Mapping[int, str], fill: Fill) -> list[list[Change]]:
    """Return the changes of each part for its units to read as ``targets``; ``fill`` writes those that differ.

    A unit whose target is its own text is put together from its own pieces.
    """
    changes: list[list[Change]] = [[] for _ in document.parts]
    for index, target in targets.items():
        unit = document.units[index]
        if target == unit.text:
            changes[unit.part].append((unit.extent, partial(splice, unit.raw)))
            continue
        check_tags(unit, target)
        changes[unit.part].append((unit.extent, partial(fill, unit, target)))
    return changes


def write_parts(archive: Archive, document: Document, changes: Sequence[Sequence[Change]]) -> bytes:
    """Return ``archive``, that of ``document``, with the changes of each part made."""
    changed: dict[str, bytes] = {}
    for part, each in zip(document.parts, changes, strict=True):
        text = write_changes(part.text, each)
        if text != part.text:
            check_xml(f"{document.name}: {part.name}", text)  # better no document than one that does not open
            changed[part.name] = encode(document.name, part, text, references=True)
    return archive.replaced(changed)


def unit_shape(unit: Unit) -> list[type]:
    """Return what follows what in a unit: text, halves of pairs, placeholders; of several in a row, one."""
    kinds = (type(node) for node in unit.nodes if not isinstance(node, Text) or node.text)
    return [kind for kind, _ in groupby(kinds)]


def kept_tags(text: str, remade: Collection[str], changed: re.Pattern[str]) -> Iterator[str]:
    """Yield the tags of a part that a translation leaves as they are: without elements ``remade`` and what ``changed``.

    Elements are told by their local names.
    """
    for found in TAG.finditer(text):
        if found["name"] and found["name"].rpartition(":")[2] not in remade:
            yield changed.sub("", found[0])
