"""What segments/*.jsonl and alignments/*.jsonl hold, as data: ids, sentence lengths, beads."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from locales.facts import text_digest
from segments import Bead, Span

from .errors import ProjectError
from .store import read_bytes

T = TypeVar("T")
SURE = 0.9
"""A bead of at least this confidence is called sure."""
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
    def cut(self) -> "UnitRecord":
        """What belongs together in it, its text and how that is cut, without the rest."""
        return replace(self, kind="", next_number=0)

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

    @property
    def sentences(self) -> set[tuple[str, str]]:
        """The ids of all its sentences, each with its side."""
        return {("source", i) for i in self.source} | {("target", i) for i in self.target}

    @property
    def doubtful(self) -> bool:
        """Whether nobody confirmed it and it is less than `SURE`: the one sense of the word, in every figure."""
        return self.confirmed_by is None and self.confidence < SURE


def hundredths(confidence: float) -> str:
    """Return a confidence with two digits, rounded down: nothing that is shown or kept so is surer than it is.

    >>> hundredths(0.9486), hundredths(0.95), hundredths(0.57)
    ('0.94', '0.95', '0.57')
    """
    return str(Decimal(str(confidence)).quantize(Decimal("0.01"), ROUND_FLOOR))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads between two versions of a document, in order, and the digests of both versions' sentences.

    ``later`` are source sentences that came, or went elsewhere, after the translation was made.
    """

    source_digest: str
    target_digest: str
    beads: tuple[BeadRecord, ...]
    later: frozenset[str] = frozenset()

    def unanswered(self) -> frozenset[str]:
        """Return the later sentences without a counterpart: nobody has said that the translation leaves them out."""
        alone = {i for bead in self.beads if not bead.target and bead.confirmed_by is None for i in bead.source}
        return self.later & alone

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
    return _lines(map(unit_row, records))


def unit_row(r: UnitRecord) -> dict[str, Any]:
    """Return a unit as JSON has it."""
    row = {
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
    return row | {"cuts": r.cuts} if r.cuts else row


def read_units(path: Path) -> list[UnitRecord]:
    """Read the units of one document.

    Raises:
        ProjectError: the file is missing or a line is not a unit.
    """
    records = _parse(path, unit_of)
    if len({record.id for record in records}) < len(records):
        raise ProjectError(f"{path}: two units have the same id; restore the file from git")
    return records


def write_alignment(alignment: Alignment) -> bytes:
    """Serialise an alignment: a line with both digests and what is later, then one line a bead."""
    head: dict[str, Any] = {"source": alignment.source_digest, "target": alignment.target_digest}
    if later := alignment.unanswered():
        head["later"] = sorted(later)
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
    rows: list[BeadRecord | Alignment] = _parse(path, _bead_or_head)
    heads = [row for row in rows if isinstance(row, Alignment)]
    if len(heads) != 1:
        raise ProjectError(
            f"{path}:1: the line with both digests is missing; restore it, or delete the file and run `hexapla align`"
        )
    return replace(heads[0], beads=tuple(row for row in rows if isinstance(row, BeadRecord)))


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
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


def unit_of(row: Mapping[str, Any]) -> UnitRecord:
    """Return the unit that `unit_row` gave; raises KeyError, TypeError or ValueError for anything else."""
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


def _bead_or_head(row: dict[str, Any]) -> BeadRecord | Alignment:
    if "confidence" not in row:
        later = frozenset(str(identity) for identity in row.get("later", ()))
        return Alignment(str(row["source"]), str(row["target"]), (), later)
    confirmed, confidence = row.get("confirmed_by"), float(row["confidence"])
    if not 0 <= confidence <= 1:
        raise ValueError(f"a confidence of {confidence}")
    return BeadRecord(
        source=tuple(str(i) for i in row["source"]),
        target=tuple(str(i) for i in row["target"]),
        confidence=confidence,
        confirmed_by=None if confirmed is None else str(confirmed),
    )
