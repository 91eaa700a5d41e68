"""Units to sentences: cut what is new, keep what is known, give every id once."""

import base64
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import count

from segments import Span
from segments.documents import Document, Segment, Unit, cut, segments_at, split_unit
from segments.splitting import SPLITTER, Ends

from .errors import ProjectError
from .handwork import carry_cuts, toggled
from .matching import match
from .records import UnitRecord, digest
from .tagging import tag_notes


@dataclass(frozen=True)
class Version:
    """A document in one language, with the record of each of its units (same order, same length)."""

    language: str
    document: Document
    records: tuple[UnitRecord, ...]

    def unit_segments(self) -> Iterator[tuple[Unit, UnitRecord, list[Segment]]]:
        """Yield each unit with its record and its sentences."""
        for unit, record in zip(self.document.units, self.records, strict=True):
            yield unit, record, segments_at(unit, record.spans())

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """The sentences by segment id, in document order."""
        return {
            identity: segment
            for _, record, segments in self.unit_segments()
            for identity, segment in zip(record.segment_ids, segments, strict=True)
        }

    def texts(self) -> dict[str, str]:
        """Return the text of each sentence, with its tags, by segment id."""
        return {identity: segment.text for identity, segment in self.segments.items()}

    def plain_texts(self) -> dict[str, str]:
        """Return what a reader sees of each sentence, by segment id."""
        return {identity: segment.plain for identity, segment in self.segments.items()}

    def kinds(self) -> list[str]:
        """Return the kind of unit that each sentence stands in, in document order."""
        return [record.kind for record in self.records for _ in record.segment_ids]

    def notes(self) -> dict[str, tuple[str, ...]]:
        """Return by segment id what a translator is told: the kind of unit, its context, what each tag stands for."""
        return {
            identity: (unit.kind, *filter(None, [unit.context]), *tag_notes(segment))
            for unit, record, segments in self.unit_segments()
            for identity, segment in zip(record.segment_ids, segments, strict=True)
        }

    def digest(self) -> str:
        """Hash all ids and sentences: another digest means another version."""
        return digest(*(part for pair in self.texts().items() for part in pair))


def segment(
    document: Document,
    language: str,
    old: Sequence[UnitRecord] = (),
    old_texts: Callable[[UnitRecord], tuple[str, ...] | None] = lambda record: None,
    *,
    recut: Collection[str] = (),
    ends: Ends | None = None,
) -> Version:
    """Cut a document into sentences; units that continue an old unit keep its id, and its cut if the text stands.

    Args:
        document: the document as read.
        language: BCP 47 tag.
        old: the records of the version before, in order.
        old_texts: the sentences of an old unit, where they are still known.
        recut: ids of units that are cut anew although their text stands.
        ends: says where sentences end, if that is not what is known of the language.
    """
    before = [old_texts(record) for record in old]
    joined = [None if s is None else _join(record, s) for record, s in zip(old, before, strict=True)]
    texts = [unit.text for unit in document.units]
    keys = [digest(text) for text in texts]
    found = match(joined, texts, [record.digest for record in old], keys)
    taken = {record.id for record in old}
    records = []
    for unit, key, i in zip(document.units, keys, found, strict=True):
        if i is None:
            identity = _new_id(unit.text, taken)
            taken.add(identity)
            records.append(_cut(unit, identity, key, split_unit(unit, language, ends), (), (), 1))
            continue
        known = old[i]
        if known.digest == key and not known.fits(unit.text):
            raise ProjectError(
                f"{document.name}: the lengths of unit {known.id} in segments/{language} do not add up to its text;"
                " restore that file from git"
            )
        if known.digest == key and (known.id not in recut or known.cuts):
            records.append(replace(known, kind=unit.kind))
        else:
            same = segments_at(unit, known.spans()) if known.digest == key else ()
            sentences = before[i] or tuple(segment.text for segment in same)
            numbers = known.numbers if sentences else ()
            spans = split_unit(unit, language, ends)
            cuts = carry_cuts(known, joined[i], unit.text) if known.cuts else ()
            for place in cuts:
                spans = toggled(unit.text, spans, place)
            record = _cut(unit, known.id, key, spans, numbers, sentences, known.next_number)
            records.append(replace(record, cuts=cuts))
    return Version(language, document, tuple(records))


def recuttable(version: Version, worked_on: Collection[str], ends: Ends | None = None) -> set[str]:
    """Return the units that today's splitter cuts differently and in which no person has worked.

    Args:
        version: the document as it is kept.
        worked_on: ids of segments that a person translated, edited or confirmed.
        ends: says where sentences end, if that is not what is known of the language.
    """
    return {
        record.id
        for unit, record in zip(version.document.units, version.records, strict=True)
        if not record.cuts
        and not any(segment_id in worked_on for segment_id in record.segment_ids)
        and tuple(span.end - span.start for span in split_unit(unit, version.language, ends)) != record.lengths
    }


def _cut(
    unit: Unit,
    identity: str,
    key: str,
    spans: Sequence[Span],
    old_numbers: Sequence[int],
    old_sentences: Sequence[str],
    next_number: int,
) -> UnitRecord:
    segments, gaps = cut(unit, spans)
    sentences = [segment.text for segment in segments]
    fresh = count(next_number)
    found = match(old_sentences, sentences, old_sentences, sentences)
    numbers = tuple(next(fresh) if i is None else old_numbers[i] for i in found)
    return UnitRecord(
        id=identity,
        kind=unit.kind,
        digest=key,
        numbers=numbers,
        lengths=tuple(span.end - span.start for span in spans),
        gaps=tuple(gaps),
        next_number=next(fresh),
        splitter=SPLITTER,
    )


def _join(record: UnitRecord, sentences: Sequence[str]) -> str:
    parts = (gap + sentence for gap, sentence in zip(record.gaps, sentences, strict=False))
    return "".join(parts) + record.gaps[-1]


def _new_id(text: str, taken: Collection[str]) -> str:
    """Derive an id from the text: two people who add the same paragraph give it the same id, and git can merge them."""
    seeds = (f"{salt}:{text}".encode("utf-8", "surrogatepass") for salt in count())
    names = (base64.b32encode(blake2b(seed, digest_size=5).digest()).decode().lower() for seed in seeds)
    return next(identity for name in names if (identity := f"b{name[:6]}") not in taken)
