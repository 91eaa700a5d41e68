"""What segments/*.jsonl and alignments/*.jsonl hold, as data: ids, sentence lengths, beads."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from locales.facts import text_digest
from segments import Bead, Span

from .errors import ProjectError
from .store import read_bytes

T = TypeVar("T")
VERSION = 2
"""What the text of a unit is: with tags for its markup; in version 1 the markup stood in it."""


def digest(*texts: str) -> str:
    """Hash texts to 12 hex digits; the borders between them count.

    >>> digest("ab") != digest("a", "b")
    True
    """
    return text_digest(texts)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit of a document and how it is cut into sentences.

    ``numbers`` are the sentences' numbers, given once and never again (``next_number`` is the first free one);
    ``lengths`` are in code points, and ``gaps`` (one more than sentences) is what stands around them, so that
    gap, sentence, gap, … rebuilds the unit's text. ``cuts`` lists the boundaries that a person made or removed,
    as offsets in the unit's text: a unit with any is never cut anew while its text stands.
    """

    id: str
    kind: str
    digest: str
    numbers: tuple[int, ...]
    lengths: tuple[int, ...]
    gaps: tuple[str, ...]
    next_number: int
    splitter: str
    cuts: tuple[int, ...] = ()
    version: int = VERSION

    def fits(self, text: str) -> bool:
        """Tell whether this is a cut of ``text``."""
        return digest(text) == self.digest and sum(self.lengths) + sum(map(len, self.gaps)) == len(text)

    @property
    def segment_ids(self) -> tuple[str, ...]:
        """The ids of its sentences, in order: ``unit.number``."""
        return tuple(f"{self.id}.{number}" for number in self.numbers)

    def spans(self) -> list[Span]:
        """Return where in the unit's text its sentences are."""
        ends = accumulate(len(gap) + length for gap, length in zip(self.gaps, self.lengths, strict=False))
        return [Span(end - length, end) for end, length in zip(ends, self.lengths, strict=True)]


@dataclass(frozen=True, slots=True)
class BeadRecord:
    """A bead by segment ids; ``confirmed_by`` names the person who confirmed the grouping."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    confidence: float
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads between two versions of a document, in order, and the digests of both versions' sentences."""

    source_digest: str
    target_digest: str
    beads: tuple[BeadRecord, ...]

    def by_number(self, source: Iterable[str], target: Iterable[str]) -> list[Bead]:
        """Return the beads by sentence numbers, given the ids of all sentences; those that stand in order."""
        places = [{identity: place for place, identity in enumerate(side)} for side in (source, target)]
        found: list[Bead] = []
        ends = [0, 0]
        for bead in self.beads:
            sides = zip((bead.source, bead.target), places, ends, strict=True)
            rows, columns = (stretch(ids, place) if ids else range(end, end) for ids, place, end in sides)
            whole = len(rows) == len(bead.source) and len(columns) == len(bead.target)
            if whole and rows.start >= ends[0] and columns.start >= ends[1]:
                ends = [rows.stop, columns.stop]
                found.append(Bead(rows, columns, bead.confidence if bead.confirmed_by is None else 1.0))
        return found


def stretch(ids: Sequence[str], places: Mapping[str, int]) -> range:
    """Return where consecutive ids stand, given the place of each; an empty range when they are not side by side."""
    found = [places.get(identity, -1) for identity in ids]
    if not found or found[0] < 0 or found != list(range(found[0], found[0] + len(found))):
        return range(0)
    return range(found[0], found[-1] + 1)


def write_units(records: Sequence[UnitRecord]) -> bytes:
    """Serialise the units of one document, one line each."""
    return _lines(
        {
            "id": r.id,
            "kind": r.kind,
            "digest": r.digest,
            "numbers": r.numbers,
            "lengths": r.lengths,
            "gaps": r.gaps,
            "next": r.next_number,
            "splitter": r.splitter,
            "version": r.version,
        }
        | ({"cuts": r.cuts} if r.cuts else {})
        for r in records
    )


def read_units(path: Path) -> list[UnitRecord]:
    """Read the units of one document.

    Raises:
        ProjectError: the file is missing or a line is not a unit.
    """
    records = _parse(path, _unit)
    if len({record.id for record in records}) < len(records):
        raise ProjectError(f"{path}: two units have the same id; restore the file from git")
    return records


def write_alignment(alignment: Alignment) -> bytes:
    """Serialise an alignment: a line with both digests, then one line a bead."""
    head = {"source": alignment.source_digest, "target": alignment.target_digest}
    beads = (
        {"source": b.source, "target": b.target, "confidence": round(b.confidence, 4), "confirmed_by": b.confirmed_by}
        for b in alignment.beads
    )
    return _lines([head, *beads])


def read_alignment(path: Path) -> Alignment:
    """Read an alignment.

    Raises:
        ProjectError: the file is missing, empty, or a line is not what it should be.
    """
    rows: list[BeadRecord | tuple[str, str]] = _parse(path, _bead_or_head)
    heads = [row for row in rows if not isinstance(row, BeadRecord)]
    if len(heads) != 1:
        raise ProjectError(
            f"{path}:1: the line with both digests is missing; restore it, or delete the file and run `hexapla align`"
        )
    return Alignment(*heads[0], tuple(row for row in rows if isinstance(row, BeadRecord)))


def _lines(rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "surrogatepass")


def _parse(path: Path, build: Callable[[dict[str, Any]], T]) -> list[T]:
    out = []
    for number, line in enumerate(read_bytes(path).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            out.append(build(json.loads(line.decode("utf-8", "surrogatepass"))))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise ProjectError(
                f"{path}:{number}: not a line that Hexapla wrote ({error}); restore it from git, or delete the file"
                " and run `hexapla segment` and `hexapla align`"
            ) from None
    return out


def _unit(row: dict[str, Any]) -> UnitRecord:
    record = UnitRecord(
        id=str(row["id"]),
        kind=str(row["kind"]),
        digest=str(row["digest"]),
        numbers=tuple(int(n) for n in row["numbers"]),
        lengths=tuple(int(n) for n in row["lengths"]),
        gaps=tuple(str(g) for g in row["gaps"]),
        next_number=int(row["next"]),
        splitter=str(row["splitter"]),
        cuts=tuple(int(n) for n in row.get("cuts", ())),
        version=int(row.get("version", 1)),
    )
    if record.version > VERSION:
        raise ValueError(f"version {record.version} is of a newer Hexapla")
    if not len(record.numbers) == len(record.lengths) == len(record.gaps) - 1:
        raise ValueError("numbers, lengths and gaps do not fit together")
    if min(record.lengths, default=1) < 1 or len(set(record.numbers)) < len(record.numbers):
        raise ValueError("a length below 1, or a number given twice")
    if max(record.numbers, default=0) >= record.next_number:
        raise ValueError("a number that was never given")
    return record


def _bead_or_head(row: dict[str, Any]) -> BeadRecord | tuple[str, str]:
    if "confidence" not in row:
        return str(row["source"]), str(row["target"])
    confirmed, confidence = row.get("confirmed_by"), float(row["confidence"])
    if not 0 <= confidence <= 1:
        raise ValueError(f"a confidence of {confidence}")
    return BeadRecord(
        source=tuple(str(i) for i in row["source"]),
        target=tuple(str(i) for i in row["target"]),
        confidence=confidence,
        confirmed_by=None if confirmed is None else str(confirmed),
    )
