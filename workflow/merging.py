"""Three versions of a file of a project become one: catalogs by entry, segments and alignments by line."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from locales import parse_catalog
from locales.merge import merge_catalogs
from locales.threeway import merge_order, merge_value

from .errors import ProjectError
from .records import (
    Alignment,
    BeadRecord,
    UnitRecord,
    read_alignment,
    read_units,
    write_alignment,
    write_units,
)
from .store import read_bytes

_DIGESTS = {"source_digest": "source", "target_digest": "translation"}


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The content of a merged file.

    ``conflicts`` has a sentence for each thing that a person has to decide in it, ``notes`` one for each thing to know.
    """

    data: bytes
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedAlignment:
    """A merged alignment, the beads that gave way to others, and the sides (of two) that are to be aligned again."""

    alignment: Alignment
    dropped: tuple[BeadRecord, ...]
    outdated: tuple[str, ...]


def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> MergedFile:
    """Merge two versions of a file that go back to one; nothing is written. An empty base means that both are new.

    ``name`` is where the file lives: it stands in messages, and tells the kind of file by its ending. Without one that
    is known (.po, .pot, .jsonl) the content tells.

    Raises:
        ProjectError, LocalesError: one of the three cannot be read.
    """
    versions = [read_bytes(path) for path in (base, ours, theirs)]
    if _is_catalog(name, versions):
        return _merge_catalogs(versions, name)
    paths = zip((base, ours, theirs), versions, strict=True)
    row = _first_row(versions)
    if "numbers" in row:
        return _merge_units([read_units(path) for path, _ in paths], versions, name)
    if "source" in row:
        none = Alignment("", "", ())
        sides = [read_alignment(path) if data.strip() else none for path, data in paths]
        return _merge_alignments(sides, versions, name)
    raise ProjectError(f"{name}: is no catalog, and no line of segments or alignments; merge it by hand")


def merge_units(
    base: Sequence[UnitRecord], ours: Sequence[UnitRecord], theirs: Sequence[UnitRecord]
) -> tuple[list[UnitRecord], list[str]]:
    """Merge the units of a document; return them with the ids of those that both sides cut differently.

    A unit that one side changed is taken from it, one that a side deleted and the other changed is kept. Of two cuts
    the one that a person made stays, else the one that sorts last. A sentence number is given once on either side.
    """
    known, one, other = ({unit.id: unit for unit in side} for side in (base, ours, theirs))
    merged, conflicts = [], []
    for identity in merge_order(list(known), list(one), list(other)):
        sides = one.get(identity), other.get(identity)
        old = known.get(identity)
        unit = merge_value(old, *sides, rank=_unit_rank)
        if unit is None:
            continue
        if sides[0] and sides[1]:
            unit = _merge_unit(old, sides[0], sides[1])
            cuts = {each.cut for each in (old, *sides) if each}
            if len(cuts) == (3 if old else 2):
                conflicts.append(identity)
        merged.append(unit)
    return merged, conflicts


def merge_alignments(base: Alignment, ours: Alignment, theirs: Alignment) -> MergedAlignment:
    """Merge the alignments of a document.

    A bead is known by the sentences it joins; one that a side deleted and the other changed is kept. No sentence is in
    two beads: of those that claim it a confirmed one wins, else the more confident, else the one that sorts last. Where
    a bead gave way, those it had replaced come back as far as their sentences are free. A digest that both sides
    changed is that of one of them, so that the alignment does not pass for one of the merged versions.
    """
    known, one, other = ({(bead.source, bead.target): bead for bead in side.beads} for side in (base, ours, theirs))
    order = merge_order(list(known), list(one), list(other))
    found = {key: merge_value(known.get(key), one.get(key), other.get(key), rank=_trust) for key in order}
    kept, dropped = _without_overlaps(bead for bead in found.values() if bead)
    free = {part for bead in dropped for part in bead.sentences} - {part for bead in kept for part in bead.sentences}
    gone = [bead for key in order if not found[key] for bead in (one.get(key), other.get(key)) if bead]
    back, _ = _without_overlaps(bead for bead in gone if bead.sentences <= free)
    chosen = {(bead.source, bead.target): bead for bead in (*kept, *back)}
    source, target = (
        merge_value(getattr(base, digest), getattr(ours, digest), getattr(theirs, digest)) for digest in _DIGESTS
    )
    outdated = tuple(
        word for digest, word in _DIGESTS.items() if len({getattr(side, digest) for side in (base, ours, theirs)}) == 3
    )
    beads = tuple(chosen[key] for key in order if key in chosen)
    later = (ours.later | theirs.later) - (base.later - (ours.later & theirs.later))
    return MergedAlignment(Alignment(source, target, beads, later), tuple(dropped), outdated)


def _is_catalog(name: str, versions: Iterable[bytes]) -> bool:
    suffix = PurePosixPath(name).suffix
    if suffix in (".po", ".pot", ".jsonl"):
        return suffix != ".jsonl"
    return not _first_row(versions)


def _first_row(versions: Iterable[bytes]) -> dict[str, Any]:
    """Return the first line that there is as data; nothing where it is none of ours."""
    first = next((data.lstrip().split(b"\n", 1)[0] for data in versions if data.strip()), b"{}")
    try:
        row = json.loads(first)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def _merge_catalogs(versions: Sequence[bytes], name: str) -> MergedFile:
    words = ("common ancestor", "ours", "theirs")
    base, ours, theirs = (parse_catalog(data, f"{name} ({word})") for data, word in zip(versions, words, strict=True))
    for side, word in ((ours, "ours"), (theirs, "theirs")):
        if len(base) and not len(side) and side.header_entry is None:
            raise ProjectError(f"{name} ({word}): is empty where the common ancestor has messages; restore the file")
    merged = merge_catalogs(base, ours, theirs)
    conflicts = (
        f"{name}:{conflict.line}: two translations of {conflict.msgid!r} are kept as a draft; keep one and confirm it"
        for conflict in merged.conflicts
    )
    return MergedFile(merged.catalog.to_bytes(), tuple(conflicts))


def _merge_units(units: Sequence[list[UnitRecord]], versions: Sequence[bytes], name: str) -> MergedFile:
    merged, conflicts = merge_units(*units)
    texts = (
        f"{name}: both sides changed the unit {identity}; run `hexapla segment` once its document is merged"
        for identity in conflicts
    )
    return MergedFile(_unchanged(versions) or write_units(merged), tuple(texts))


def _merge_alignments(sides: Sequence[Alignment], versions: Sequence[bytes], name: str) -> MergedFile:
    merged = merge_alignments(*sides)
    texts = {bead: f"{name}: the bead {_name(bead)} gave way to one that is more trusted" for bead in merged.dropped}
    notes = [text for bead, text in texts.items() if bead.confirmed_by is None]
    notes += [
        f"{name}: both sides changed the {side}; run `hexapla align` once it is merged" for side in merged.outdated
    ]
    conflicts = [f"{text}; both were confirmed" for bead, text in texts.items() if bead.confirmed_by is not None]
    data = _unchanged(versions) or write_alignment(merged.alignment)
    return MergedFile(data, tuple(conflicts), tuple(notes))


def _unchanged(versions: Sequence[bytes]) -> bytes | None:
    """Return the bytes of the one side that changed, so that a merge without a deed rewrites nothing."""
    base, ours, theirs = versions
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _unit_rank(unit: UnitRecord | None) -> tuple[bool, bool, str]:
    return unit is not None, bool(unit and unit.cuts), repr(unit)


def _merge_unit(base: UnitRecord | None, ours: UnitRecord, theirs: UnitRecord) -> UnitRecord:
    cut = merge_value(base.cut if base else None, ours.cut, theirs.cut, rank=_unit_rank)
    assert cut is not None
    kind = merge_value(base.kind if base else "", ours.kind, theirs.kind)
    number = merge_value(base.next_number if base else 0, ours.next_number, theirs.next_number, rank=int)
    return replace(cut, kind=kind, next_number=number)


def _trust(bead: BeadRecord | None) -> tuple[Any, ...]:
    if bead is None:
        return (False,)
    return True, bead.confirmed_by is not None, bead.confidence, bead.source, bead.target, bead.confirmed_by or ""


def _without_overlaps(beads: Iterable[BeadRecord]) -> tuple[list[BeadRecord], list[BeadRecord]]:
    """Return the beads that share no sentence with a more trusted one, and the others."""
    taken: set[tuple[str, str]] = set()
    kept, dropped = [], []
    for bead in sorted(beads, key=_trust, reverse=True):
        if taken.isdisjoint(bead.sentences):
            taken |= bead.sentences
            kept.append(bead)
        else:
            dropped.append(bead)
    return kept, dropped


def _name(bead: BeadRecord) -> str:
    return f"{'+'.join(bead.source) or 'nothing'} = {'+'.join(bead.target) or 'nothing'}"
