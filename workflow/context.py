"""What helps to decide about a row: its history, its paragraph as it will be built, what a check finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from locales import Entry, Finding, State
from locales.checks import Message, find_problems
from locales.diff import Piece, word_diff
from locales.tags import language_gap

from .journal import Record
from .open_catalog import OpenCatalog
from .project import is_catalog
from .rows import Row

Paragraph = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """An operation in the history of a row, with what it did to the text.

    ``state`` is that of the row after it, "" for a comment; ``text`` the comment.
    """

    operation: str
    time: float
    user: str
    kind: str
    state: str
    text: str
    diff: Sequence[Piece]
    undoable: bool


def history(catalog: OpenCatalog, row: str) -> list[Step]:
    """Return what people did to a row, the latest first."""
    return steps(catalog.history(row))


def steps(records: Sequence[Record]) -> list[Step]:
    """Return records of one row as its history; only the first, which is the latest, can be taken back."""
    latest = next((record.id for record in records if record.before), "")
    return [_step(record, undoable=record.id == latest) for record in records if record.kind != "settle"]


def _step(record: Record, *, undoable: bool) -> Step:
    before, after = (
        "\n".join(form for version in side[:1] for form in version.forms) for side in (record.before, record.after)
    )
    state = record.base.rpartition(":")[2].lower() if record.before else ""
    diff = word_diff(before, after) if record.before else ()
    return Step(record.id, record.time, record.user, record.kind, state, record.text, diff, undoable)


def source_change(row: Row) -> Sequence[Piece]:
    """Return how the source differs from the one for which the draft was made; nothing where it does not."""
    return word_diff(row.previous, " ".join(row.source)) if row.previous else ()


def paragraph(catalog: OpenCatalog, row: Row) -> tuple[Paragraph, Paragraph]:
    """Return the paragraph of a row, in the source and as it is built: what is before it, itself, what is after.

    A sentence that is not confirmed is built as its source. A message of software has no paragraph.
    """
    if is_catalog(catalog.document):
        return ("", "\n".join(row.source), ""), ("", row.target, "")
    rows = catalog.unit(row.id) or [row]
    place = [other.id for other in rows].index(row.id)
    gap = language_gap(catalog.project.source)
    sources = [gap.join(other.source) for other in rows]
    built = [_built(other, text) for other, text in zip(rows, sources, strict=True)]
    built[place] = row.target
    return _around(sources, place, gap), _around(built, place, language_gap(catalog.language))


def _built(row: Row, source: str) -> str:
    if row.state < State.TRANSLATED:
        return source
    return row.target


def beside(catalog: OpenCatalog, other: OpenCatalog, start: int, stop: int) -> dict[str, tuple[str, State]]:
    """Return what stands beside the rows of a catalog in another language, with its state, by row id.

    Rows are in step by their source sentences: where the other language joins sentences, its translation stands at the
    first of them and nothing at the rest.
    """
    found = {}
    gap = language_gap(other.language)
    for row in catalog.rows(start, stop):
        heads = [cell for cell in map(other.row, row.entries) if cell is not None]
        if heads:
            found[row.id] = gap.join(cell.target for cell in heads), min(cell.state for cell in heads)
    return found


def findings(catalog: OpenCatalog, row: Row) -> list[Finding]:
    """Return what a compiler would refuse in the translation of a row, and placeables that it lacks."""
    entry = catalog.entry(row.id)
    if entry is None or not all(row.texts):
        return []
    found = find_problems(catalog.catalog(), [_message(entry)])
    found = [finding for finding in found if finding.msgid]
    return found or [Finding(entry.line, entry.msgid, f"the translation lacks {tag}") for tag in _missing(row)]


def _message(entry: Entry) -> Message:
    plural = entry.msgid_plural
    return Message(entry, [entry.msgid] if plural is None else [entry.msgid, plural], entry.forms())


def _missing(row: Row) -> list[str]:
    """Return the placeables of the source that the translation has less often."""
    if row.forms:
        return []
    wanted = dict.fromkeys(row.tags)
    return [tag for tag in wanted if row.target.count(tag) < row.tags.count(tag)]


def _around(texts: Sequence[str], place: int, gap: str) -> Paragraph:
    before = gap.join(filter(None, texts[:place]))
    after = gap.join(filter(None, texts[place + 1 :]))
    return before + gap if before else "", texts[place], gap + after if after else ""
