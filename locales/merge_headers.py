"""Three versions of a catalog header become one; its fields never conflict."""

import re
from collections import Counter
from datetime import UTC, datetime

from .entry import Entry
from .threeway import merge_items, merge_order, merge_value

# A field by its name, and which of that name it is; a line without a name stands for itself.
_Field = tuple[str, int]
_DATE: _Field = ("PO-Revision-Date", 0)
_TRANSLATOR: _Field = ("Last-Translator", 0)
_CONTENT_TYPE: _Field = ("Content-Type", 0)
_UTF_8 = "Content-Type: text/plain; charset=UTF-8"
_REVISION = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d)(?::\d\d)?([+-]\d{4})?")


def merge_header(base: Entry | None, ours: Entry | None, theirs: Entry | None, *, utf8: bool = False) -> Entry | None:
    """Return the merged header entry; None where neither side has one.

    A field that one side changed is taken from it. Where both changed one, the side with the newer PO-Revision-Date
    wins, and that date stays with its Last-Translator. A header that one side lost comes back. ``utf8`` makes the
    declared charset UTF-8, whatever the sides declare.
    """
    header = ours or theirs
    if ours is not None and theirs is not None:
        header = _merge(base, ours, theirs)
    if header is None or not utf8:
        return header
    fields = _fields(header) | {_CONTENT_TYPE: _UTF_8}
    return header.replace(msgstr="".join(f"{line}\n" for line in fields.values()))


def _merge(base: Entry | None, ours: Entry, theirs: Entry) -> Entry:
    raw = merge_value(base.raw if base else "", ours.raw, theirs.raw)
    start = ours if ours.raw == raw else theirs
    if base is not None and base.raw in (ours.raw, theirs.raw):
        return start
    old = _fields(base) if base else {}
    one, other = _fields(ours), _fields(theirs)
    newer = max(one, other, key=lambda fields: (_revision(fields.get(_DATE, "")), repr(fields)))
    merged: dict[_Field, str | None] = {
        name: merge_value(old.get(name), one.get(name), other.get(name), rank=newer.get(name).__eq__)
        for name in merge_order(list(old), list(one), list(other))
    }
    dated = [tuple(fields.get(name) for name in (_DATE, _TRANSLATOR)) for fields in (old, one, other)]
    if dated[0] not in dated[1:]:
        merged |= {name: newer.get(name) for name in (_DATE, _TRANSLATOR) if name in merged}
    return start.replace(
        msgstr="".join(f"{line}\n" for line in merged.values() if line is not None),
        comments=merge_items(base.comments if base else (), ours.comments, theirs.comments),
        extracted=merge_items(base.extracted if base else (), ours.extracted, theirs.extracted),
        flags=merge_items(base.flags if base else (), ours.flags, theirs.flags),
    )


def _fields(header: Entry) -> dict[_Field, str]:
    seen: Counter[str] = Counter()
    fields: dict[_Field, str] = {}
    for line in header.msgstr.removesuffix("\n").split("\n"):
        name = line.partition(":")[0].strip() if ":" in line else line
        fields[name, seen[name]] = line
        seen[name] += 1
    return fields


def _revision(line: str) -> float:
    """Return the time of a revision in seconds; without a zone it is UTC, without a date it is before all others."""
    found = _REVISION.search(line)
    try:
        moment = datetime.strptime(f"{found[1]}{found[2] or '+0000'}", "%Y-%m-%d %H:%M%z") if found else None
    except ValueError:
        moment = None
    return (moment or datetime.min.replace(tzinfo=UTC)).timestamp()
