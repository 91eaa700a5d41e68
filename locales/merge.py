"""Three versions of a catalog become one, entry by entry: what two people changed apart is both there.

An entry is known by its context and msgid. Its translation (texts and state) is decided on as a whole, and together
with those of its bead; comments, references and flags are merged line by line. Facts need no care of their own: they go
with the texts they speak of, and where a text differs their digest makes them void.

The merge is symmetric to the byte: with ours and theirs exchanged the result is the same file. Therefore nothing is
taken from "ours" as such, neither the order of entries nor the end of lines: in everything the side that differs from
the base wins, and where both do, a rule that does not know the sides.
"""

import codecs
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .beads import beads
from .catalog import Catalog
from .entry import Entry, new_entry
from .merge_entries import fit_forms, merge_entry
from .merge_headers import merge_header
from .plurals import nplurals
from .po import parse_catalog
from .syntax import BYTE_ESCAPE
from .threeway import merge_items, merge_order, merge_value
from .translations import Key, Reconciled, Translation, reconcile, translation_of, worth

_HEADER: Key = (None, "")
_TWO_TEXTS = "merge conflict: two translations stand here, the second from line {} on; keep one and delete this note"
_ONE_BEAD = "merge conflict: both sides changed this bead, this entry among others; check it and delete this note"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A bead that two persons translated differently; its entries are drafts now.

    ``keys`` are the (msgctxt, msgid) of its entries in order, ``line`` is where the first stands in the merged catalog.
    """

    keys: tuple[Key, ...]
    line: int

    @property
    def msgid(self) -> str:
        """The source text of the first entry."""
        return self.keys[0][1]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged catalog, without a path, and what a person has to decide in it, in the order of the file."""

    catalog: Catalog
    conflicts: tuple[Conflict, ...]


def merge_catalogs(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """Merge two catalogs that go back to one; none of them is changed, and the result is a valid catalog.

    Entry by entry: what one side changed is taken from it, the same change on both sides is one change. Where both
    changed a translation in different ways, both texts stay in the entry as a draft with a note, in the order of their
    code points. Two things are no conflict, because no person's work is lost: the untouched draft of a machine gives
    way to the work of a person and to a draft of higher confidence, and an emptied translation to an edited one.

    An entry that one side deleted and the other did not translate anew is gone. If it did, or commented it, the entry
    stays, obsolete. Header fields never conflict, see `merge_header`. The order of entries is that of `merge_order`;
    entries that become obsolete by the merge go last. Unchanged entries keep their lines.

    Sides in different charsets become UTF-8. Raises LocalesError for an entry with a control character in a comment
    that no editor writes.
    """
    known, one, other = (catalog.to_bytes() for catalog in (base, ours, theirs))
    if one == other or known in (one, other):
        return Merged(parse_catalog(other if one == known else one), ())
    return _merge(_Side.of(base), _Side.of(ours), _Side.of(theirs))


@dataclass(frozen=True, slots=True)
class _Side:
    """One version of a catalog, taken apart."""

    header: Entry | None
    entries: Mapping[Key, Entry]
    beads: Mapping[Key, tuple[Entry, ...]]
    encoding: str
    newline: str
    bom: bytes
    tail: str

    @classmethod
    def of(cls, catalog: Catalog) -> "_Side":
        data = catalog.to_bytes()
        bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        text = data.removeprefix(bom).decode(catalog.encoding)
        header = catalog.header_entry
        entries = {entry.key: entry for entry in catalog if header is None or entry.key != _HEADER}
        length = sum(len(entry.raw) for entry in entries.values()) + (len(header.raw) if header else 0)
        together = {entry.key: bead for bead in beads(catalog) for entry in bead if len(bead) > 1}
        newline = "\r\n" if text[: text.find("\n")].endswith("\r") else "\n"
        return cls(header, entries, together, catalog.encoding, newline, bom, text[length:])

    def bead(self, key: Key) -> tuple[Entry, ...]:
        """Return the entries of the bead that an entry of this key is in; none where there is no such entry."""
        return self.beads.get(key) or ((self.entries[key],) if key in self.entries else ())

    def version(self, keys: Sequence[Key]) -> list[Translation | None]:
        return [translation_of(self.entries[key]) if key in self.entries else None for key in keys]

    def worth(self, keys: Sequence[Key]) -> float:
        return max(worth(self.bead(key)) for key in keys)


def _merge(base: _Side, ours: _Side, theirs: _Side) -> Merged:
    encoding = ours.encoding if ours.encoding == theirs.encoding else "utf-8"
    newline = merge_value(base.newline, ours.newline, theirs.newline)
    bom = merge_value(base.bom, ours.bom, theirs.bom) if encoding == "utf-8" else b""
    header = merge_header(base.header, ours.header, theirs.header, utf8=ours.encoding != theirs.encoding)
    entries, conflicts = _merge_entries(base, ours, theirs, header)
    neighbours = {pair for side in (ours, theirs) for pair in pairwise([_HEADER, *side.entries])}
    text = "".join(_lines([header, *entries] if header else entries, neighbours, encoding, newline))
    tail = merge_items(*(side.tail.replace("\r\n", "\n").split("\n") for side in (base, ours, theirs)))
    text += _with_newline("\n".join(tail), newline)
    catalog = parse_catalog(bom + text.encode(encoding), "<merged catalog>")
    lines = {entry.key: entry.line for entry in catalog}
    return Merged(catalog, tuple(Conflict(keys, lines[keys[0]]) for keys in conflicts))


def _merge_entries(
    base: _Side, ours: _Side, theirs: _Side, header: Entry | None
) -> tuple[list[Entry], list[tuple[Key, ...]]]:
    """Return the merged entries in order, as many forms to each as the header says, and the keys of each conflict."""
    forms = nplurals(Catalog([header]).header.get("Plural-Forms", "")) if header else None
    conts = {entry.key for side in (ours, theirs) for bead in side.beads.values() for entry in bead[1:]}
    order = merge_order(list(base.entries), list(ours.entries), list(theirs.entries), conts)
    order = [key for key in order if key != _HEADER or header is None]
    places = {key: place for place, key in enumerate(order)}
    found: dict[Key, Entry] = {}
    conflicts: list[tuple[Key, ...]] = []
    for keys in _groups(order, (base, ours, theirs)):
        together = _stand_together(keys, places, ours, theirs)
        merged, conflict = _merge_group(keys, base, ours, theirs, together=together)
        found |= {entry.key: fit_forms(entry, forms) for entry in merged}
        if conflict and merged:
            conflicts.append(tuple(entry.key for entry in merged))
    return _arranged([found[key] for key in order if key in found], ours, theirs), conflicts


def _groups(order: Sequence[Key], sides: Iterable[_Side]) -> list[list[Key]]:
    """Return the keys in order, in groups: those that are in one bead on any side are decided on together."""
    group_of: dict[Key, set[Key]] = {}
    for side in sides:
        for bead in side.beads.values():
            group = set().union(*(group_of.get(entry.key, {entry.key}) for entry in bead))
            group_of.update(dict.fromkeys(group, group))
    if not group_of:
        return [[key] for key in order]
    groups: dict[int, list[Key]] = {}
    for place, key in enumerate(order):
        group_id = id(group_of[key]) if key in group_of else -1 - place
        groups.setdefault(group_id, []).append(key)
    return list(groups.values())


def _stand_together(keys: Sequence[Key], places: Mapping[Key, int], *sides: _Side) -> bool:
    """Return whether the entries stand side by side after the merge, and are alive on both sides."""
    alive = all(key in side.entries and not side.entries[key].obsolete for side in sides for key in keys)
    return alive and places[keys[-1]] - places[keys[0]] == len(keys) - 1


def _merge_group(
    keys: Sequence[Key], base: _Side, ours: _Side, theirs: _Side, *, together: bool
) -> tuple[list[Entry], bool]:
    """Return the merged entries of a group, and whether two persons translated it differently."""
    if len(keys) == 1:
        easy = _unchanged(base.entries.get(keys[0]), ours.entries.get(keys[0]), theirs.entries.get(keys[0]))
        if easy:
            return [easy], False
    versions = (base.version(keys), ours.version(keys), theirs.version(keys))
    done = reconcile(keys, *versions, lambda: (ours.worth(keys), theirs.worth(keys)), together=together)
    merged = []
    for place, key in enumerate(keys):
        translation = done.translations[place] or versions[1][place] or versions[2][place]
        assert translation is not None
        entries = (base.entries.get(key), ours.entries.get(key), theirs.entries.get(key))
        entry = merge_entry(*entries, translation, _note(done, place, translation))
        if entry is not None:
            merged.append(entry)
    return merged, done.conflict


def _unchanged(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Entry | None:
    """Return the entry of the one side that changed its lines, or of both, where they are the same; else None."""
    if ours is None or theirs is None:
        return ours or theirs if base is None else None
    if ours.raw == theirs.raw or (base and theirs.raw == base.raw):
        return ours
    return theirs if base and ours.raw == base.raw else None


def _note(done: Reconciled, place: int, translation: Translation) -> tuple[str, ...]:
    if not done.conflict or not translation.fuzzy:
        return ()
    line = done.kept_both.get(place)
    return (_ONE_BEAD if line is None else _TWO_TEXTS.format(line),)


def _arranged(entries: Sequence[Entry], *sides: _Side) -> list[Entry]:
    """Put last what became obsolete only now."""

    def fell(entry: Entry) -> bool:
        return entry.obsolete and not any(
            entry.key in side.entries and side.entries[entry.key].obsolete for side in sides
        )

    return sorted(entries, key=fell)


def _lines(
    entries: Sequence[Entry], neighbours: Collection[tuple[Key, Key]], encoding: str, newline: str
) -> Iterator[str]:
    """Yield the lines of each entry; one that has a new neighbour is separated from it by a blank line."""
    before: Key | None = None
    for entry in entries:
        raw = entry.raw
        if entry.encoding != encoding and BYTE_ESCAPE.search(raw):  # escaped bytes are those of its own charset
            raw = new_entry(**entry.fields()).raw
        raw = _with_newline(raw if raw.endswith("\n") else raw + "\n", newline)
        if before is not None and (before, entry.key) not in neighbours and raw.split("\n", 1)[0].strip():
            raw = newline + raw
        yield raw
        before = entry.key


def _with_newline(text: str, newline: str) -> str:
    text = text.replace("\r\n", "\n")
    return text if newline == "\n" else text.replace("\n", newline)
