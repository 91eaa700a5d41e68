"""Projects of before there were tags: their sentences held Markdown as it stands; what was done on them goes on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from locales import Catalog, Entry, Fact, fact_digest, new_entry
from segments import Span
from segments.documents import Document, Segment, Text, Unit, fragment, segments_at

from . import entries
from .records import VERSION, UnitRecord, digest
from .tagging import matched_tags


def upgrade_records(records: Sequence[UnitRecord], document: Document) -> list[UnitRecord]:
    """Return the records of a document as it stands, with the lengths that its sentences have with tags.

    A record keeps its id and its numbers. One whose unit is no longer there, or is one of another kind now (a picture
    by itself), stays as it is: what was done on its sentences is kept as on any that are gone.
    """
    units = {digest(unit.raw): unit for unit in document.units}
    return [_upgraded(record, units[record.digest]) if record.digest in units else record for record in records]


def upgrade_catalog(catalog: Catalog, document: Document, old: Sequence[UnitRecord], new: Sequence[UnitRecord]) -> None:
    """Bring a template or catalog from sentences as they stood to sentences with tags, in place.

    States, approvals and alignments stay: their facts are given for the new texts. What was translated inside markup
    (the description of a picture) becomes an entry of its own.
    """
    units = {record.id: unit for record, unit in _with_units(new, document)}
    before = {record.id: record for record in old}
    segments: dict[str, Segment] = {}
    for record in new:
        if record.id in units and record != before[record.id]:
            segments.update(zip(record.segment_ids, segments_at(units[record.id], record.spans()), strict=True))
    taken = {entry.key for entry in catalog if entries.segment_id(entry) not in segments}
    written: dict[Entry, Entry] = {}
    inner: list[Entry] = []
    for bead in entries.beads(catalog):
        if segments.keys() >= set(bead.ids):
            host = units[bead.ids[0].rpartition(".")[0]]
            for entry, changed in zip(bead.entries, _upgraded_bead(bead, segments, host), strict=True):
                written[entry] = _unique(changed, taken)
            inner += _inner(bead, host, taken)
    catalog.arrange([*(written.get(entry, entry) for entry in catalog), *inner])


def _with_units(records: Iterable[UnitRecord], document: Document) -> Iterator[tuple[UnitRecord, Unit]]:
    units = {digest(unit.text): unit for unit in document.units}
    return ((record, units[record.digest]) for record in records if record.digest in units)


def _upgraded(record: UnitRecord, unit: Unit) -> UnitRecord:
    if unit.raw == unit.text:
        return replace(record, version=VERSION)
    spans = [Span(_place(unit, span.start), _place(unit, span.end)) for span in record.spans()]
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(unit.text)]
    gaps = tuple(unit.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    if any(span.start >= span.end for span in spans) or any(gap.strip() for gap in gaps):
        return record
    return replace(
        record,
        digest=digest(unit.text),
        lengths=tuple(span.end - span.start for span in spans),
        gaps=gaps,
        cuts=tuple(_place(unit, cut) for cut in record.cuts),
        version=VERSION,
    )


def _place(unit: Unit, offset: int) -> int:
    """Return where in the text of a unit an offset in its raw text lies; inside of markup, where that begins."""
    position, place = len(unit.before), 0
    for node in unit.nodes:
        length = len(node.original)
        if offset < position + length:
            verbatim = isinstance(node, Text) and node.text == node.original
            return place + (max(0, offset - position) if verbatim else 0)
        position, place = position + length, place + len(node.code)
    return place


def _upgraded_bead(bead: entries.Bead, segments: Mapping[str, Segment], unit: Unit) -> Iterator[Entry]:
    """Yield the entries of a bead with tags in their texts; facts that held hold again."""
    sources = [segments[i] for i in bead.ids]
    head = bead.head.msgstr
    if bead.text:
        target, _ = fragment(_without_frame(bead.text, unit), unit.syntax, unit)
        head = matched_tags(sources, [target], "")
    texts = [(sources[0].text, head), *((s.text, e.msgstr) for s, e in zip(sources[1:], bead.entries[1:], strict=True))]
    fitting = fact_digest(texts)
    for entry, (msgid, msgstr) in zip(bead.entries, texts, strict=True):
        facts = [Fact(f.kind, f.args, fitting) if f.digest == bead.digest else f for f in entry.facts]
        yield entry.replace(msgid=msgid, msgstr=msgstr, facts=tuple(facts))


def _without_frame(text: str, unit: Unit) -> str:
    """Return a translation without the markup around the whole unit that its first or last sentence held."""
    return text.removeprefix(unit.before).removesuffix(unit.after)


def _unique(entry: Entry, taken: set[tuple[str | None, str]]) -> Entry:
    """Return the entry with its segment id as context, where another one has the same text by now."""
    if entry.key in taken:
        entry = entry.replace(msgctxt=entries.segment_id(entry))
    taken.add(entry.key)
    return entry


def _inner(bead: entries.Bead, unit: Unit, taken: set[tuple[str | None, str]]) -> Iterator[Entry]:
    """Yield entries for what both sides of a bead hold in their markup, such as the title of a link."""
    _, sources = fragment(" ".join(entry.msgid for entry in bead.entries), unit.syntax, unit)
    _, targets = fragment(bead.text, unit.syntax, unit)
    if [each.context for each in sources] != [each.context for each in targets]:
        return
    for source, target in zip(sources, targets, strict=True):
        if (None, source.text) not in taken:
            taken.add((None, source.text))
            yield new_entry(msgid=source.text, msgstr=target.text, flags=bead.head.flags)
