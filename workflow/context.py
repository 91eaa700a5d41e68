"""What helps to decide about a row: its history, its paragraph as it will be built, what a check finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from locales import Entry, State
from locales.checks import Message, find_problems
from locales.diff import Piece, word_diff
from locales.tags import language_gap

from .journal import Record
from .open_catalog import OpenCatalog
from .project import is_catalog
from .rows import Row

Paragraph = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """A sentence of a paragraph as it is built, and ``what`` stands there; the one looked at is shown as it is now."""

    text: str
    what: Literal["translation", "draft", "source"]
    here: bool


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


def paragraph(catalog: OpenCatalog, row: Row) -> tuple[Paragraph, list[Built]]:
    """Return the paragraph of a row: in the source what is before it, itself, and what is after, and as it is built.

    A sentence that is not confirmed is built as its source. A message of software has no paragraph.
    """
    if is_catalog(catalog.document):
        return ("", "\n".join(row.source), ""), [_built(row, "", here=True)]
    rows = catalog.unit(row.id) or [row]
    place = [other.id for other in rows].index(row.id)
    gap = language_gap(catalog.project.source)
    sources = [gap.join(other.source) for other in rows]
    built = [_built(each, source, here=n == place) for n, (each, source) in enumerate(zip(rows, sources, strict=True))]
    return _around(sources, place, gap), built


def _built(row: Row, source: str, *, here: bool) -> Built:
    if row.state >= State.TRANSLATED:
        return Built(row.target, "translation", here)
    return Built(row.target, "draft", here) if here else Built(source, "source", here)


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


def findings(catalog: OpenCatalog, row: Row) -> list[str]:
    """Return what a compiler would refuse in the translation of a row, each as a sentence without its full stop."""
    entry = catalog.entry(row.id)
    if entry is None or not all(row.texts):
        return []
    return [finding.problem for finding in find_problems(catalog.catalog(), [_message(entry)]) if finding.msgid]


def _message(entry: Entry) -> Message:
    plural = entry.msgid_plural
    return Message(entry, [entry.msgid] if plural is None else [entry.msgid, plural], entry.forms())


def missing(row: Row) -> list[str]:
    """Return the placeables of the source that the translation has less often; none of a plural or an empty one."""
    if row.forms or not row.target:
        return []
    wanted = dict.fromkeys(row.tags)
    return [tag for tag in wanted if row.target.count(tag) < row.tags.count(tag)]


def _around(texts: Sequence[str], place: int, gap: str) -> Paragraph:
    before = gap.join(filter(None, texts[:place]))
    after = gap.join(filter(None, texts[place + 1 :]))
    return before + gap if before else "", texts[place], gap + after if after else ""
