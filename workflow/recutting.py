"""Move a sentence border by hand, in a source or a translation: not the same as regrouping beads.

The border goes to segments/*.jsonl as a cut of a person, which no splitter undoes. Work stays with its sentences: where
a source sentence is cut, its translation covers both parts in every language; where two are joined, so are their
translations. Both become drafts. A border that takes back another puts everything back that stood there, wherever
nobody has worked since. All files of all languages are written, or none.
"""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from pathlib import Path

from locales import Catalog, Entry, State, read_catalog
from locales.tags import language_gap
from segments.alignment import Associations

from . import entries
from .associations import associations
from .bead_journal import Step, replay_steps
from .border_journal import BorderStep, Kind, Work, border_journal_path, journal_with, read_borders
from .errors import OutdatedError, ProjectError
from .groups import SIDES, Side
from .handwork import cut_by_hand, join_by_hand
from .ingest import load_version
from .pairing import translations
from .project import Project, is_catalog
from .records import Alignment, BeadRecord, UnitRecord, read_alignment, write_alignment, write_units
from .rejudging import judged_anew
from .segmenting import Version
from .store import save_together, writing
from .tagging import joined_translation
from .versions import Version as EntryVersion
from .versions import restore, version_of


@dataclass(frozen=True, slots=True)
class Recut:
    """A border that is made or removed: between sentence ``first`` and the one after it, ``second``, by their ids."""

    first: str
    second: str
    joined: bool


def border_between(before: UnitRecord, after: UnitRecord) -> Recut:
    """Return the border that is in one of two cuts of a unit, and not in the other."""
    joined = len(after.numbers) < len(before.numbers)
    fewer, more = (after, before) if joined else (before, after)
    first, second = next(pair for pair in pairwise(more.segment_ids) if pair[1] not in fewer.segment_ids)
    return Recut(first, second, joined)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a border, the id that is given to that, and when, in seconds since the epoch."""

    user: str
    operation: str
    time: float


def recut(
    project: Project, document: str, language: str, sentence: str, at: int | str | None, asked: Asked | None = None
) -> Recut:
    """Cut a sentence of a document, or join it with the next one, and take everything along that stands on it.

    Args:
        project, document: which document.
        language: that of the source, or of a translation.
        sentence: its id.
        at: where to cut, in code points of its text with tags, or the words that stand before the cut; None joins it
            with the next one.
        asked: who asks for it; the same operation is never carried out twice.

    Raises:
        ProjectError: there is no such sentence, or it cannot be cut or joined there; nothing was changed.
    """
    if is_catalog(document):
        raise ProjectError(f"{document}: the messages of a program are not cut into sentences")
    asked = asked or Asked("", secrets.token_hex(6), time.time())
    with writing(project.root):
        steps = read_borders(project, document)
        if known := next((step for step in steps if step.id == asked.operation), None):
            return border_between(known.before, known.after)
        version = load_version(project, document, language)
        place = _place(document, version, sentence)
        unit, before = version.document.units[place], version.records[place]
        if at is None:
            after = join_by_hand(before, unit.text, sentence)
        else:
            beginning = at if isinstance(at, str) else version.segments[sentence].text[: max(0, at)]
            after = cut_by_hand(before, unit.text, sentence, beginning)
        opposite = next((step for step in reversed(steps) if step.is_reversed_by(before, after)), None)
        if opposite:
            after = replace(opposite.before, kind=before.kind, next_number=after.next_number)
        return _move(project, document, version, place, after, opposite, asked, "join" if at is None else "cut")


def take_back(project: Project, document: str, step: BorderStep, asked: Asked, *, redo: bool = False) -> Recut:
    """Take back a border, or with ``redo`` the undo of one.

    Raises:
        OutdatedError: its unit was changed or cut otherwise since; nothing was changed.
        ProjectError: a file cannot be read or written; nothing was changed.
    """
    with writing(project.root):
        version = load_version(project, document, step.language)
        place = next((n for n, record in enumerate(version.records) if record.cut == step.after.cut), None)
        if place is None:
            raise OutdatedError("these sentences were changed or cut anew since; what stands there stays")
        now = version.records[place]
        after = replace(step.before, kind=now.kind, next_number=max(now.next_number, step.before.next_number))
        return _move(project, document, version, place, after, step, asked, "redo" if redo else "undo", step.id)


def recut_beads(beads: Sequence[BeadRecord], side: Side, border: Recut) -> tuple[list[BeadRecord], int]:
    """Return beads after a border was made or removed in one of their texts, and the place of the one that has it.

    The parts of a sentence stay in its bead. A sentence joined from two beads joins them: nobody has confirmed that,
    and it is no surer than any of them.
    """
    own = [bead.source if side == "source" else bead.target for bead in beads]
    holders = [place for place, ids in enumerate(own) if border.first in ids or border.second in ids]
    first, last = holders[0], holders[-1]
    bead = beads[first]
    if first != last:
        parts = beads[first : last + 1]
        source, target = ([i for part in parts for i in getattr(part, name)] for name in SIDES)
        bead = BeadRecord(tuple(source), tuple(target), min(part.confidence for part in parts))
    recut_ids = _recut_ids(bead.source if side == "source" else bead.target, border)
    bead = replace(bead, source=recut_ids) if side == "source" else replace(bead, target=recut_ids)
    return [*beads[:first], bead, *beads[last + 1 :]], first


def _recut_ids(ids: Sequence[str], border: Recut) -> tuple[str, ...]:
    """Return the ids of sentences after a border was made or removed among them."""
    if border.joined:
        return tuple(i for i in ids if i != border.second)
    return tuple(part for i in ids for part in ((i, border.second) if i == border.first else (i,)))


def _place(document: str, version: Version, sentence: str) -> int:
    """Return the number of the unit that a sentence stands in."""
    place = next((n for n, record in enumerate(version.records) if sentence in record.segment_ids), None)
    if place is None:
        raise ProjectError(
            f"{sentence}: no such sentence in {document}; load the page again, or see the ids in its {version.language}"
            " segments file"
        )
    return place


def _move(
    project: Project,
    document: str,
    version: Version,
    place: int,
    after: UnitRecord,
    reverses: BorderStep | None,
    asked: Asked,
    kind: Kind,
    of: str = "",
) -> Recut:
    """Cut a unit otherwise, and write that with all that follows from it and its line in the journal."""
    before = version.records[place]
    border = border_between(before, after)
    new = replace(version, records=(*version.records[:place], after, *version.records[place + 1 :]))
    files = {project.segments_path(document, version.language): write_units(new.records)}
    pot = None
    languages: Sequence[str] = [version.language]
    if version.language == project.source:
        pot_path = project.template_path(document)
        given = read_catalog(pot_path) if pot_path.exists() else None
        pot = entries.template(document, project.name, new.texts(), new.notes(), given)
        files[pot_path] = pot.to_bytes()
        languages = [each for each in project.targets if project.catalog_path(document, each).exists()]
    work = {}
    for language in languages:
        back = (reverses.new[language], reverses.old[language]) if reverses and language in reverses.new else None
        work[language], changed = _follow(project, document, language, (version, new), border, pot, back)
        files |= changed
    old, now = ({language: pair[side] for language, pair in work.items()} for side in (0, 1))
    step = BorderStep(asked.operation, asked.time, asked.user, kind, version.language, before, after, old, now, of)
    files[border_journal_path(project, document)] = journal_with(project, document, step)
    save_together(project.root, files)
    return border


def _follow(
    project: Project,
    document: str,
    language: str,
    versions: tuple[Version, Version],
    border: Recut,
    pot: Catalog | None,
    back: tuple[Work, Work] | None,
) -> tuple[tuple[Work, Work], dict[Path, bytes]]:
    """Take a language along; return what stood there and what stands there now, and its files.

    Args:
        project, document, language: which catalog and alignment.
        versions: the text that is cut, before and after.
        border: that is moved.
        pot: the new template, where the source is cut.
        back: what has to stand there for the other to be put back; None where this is no way back.
    """
    catalog = project.catalog(document, language)
    pair = _aligned(project, document, language, versions, "source" if pot else "target")
    old = Work(pair.beads if pair else (), _versions(catalog), pair.later if pair else frozenset())
    new = _put_back(old, *back) if back else None
    if pot:
        _follow_segments(catalog, pot, border, language)
    if back and new:
        live = _live(catalog)
        restore(catalog, [live[i] for i in back[1].entries], list(back[1].entries.values()))
    elif pair:
        new = _recut_pair(project, pair, border, catalog)
    files = {}
    if pair and new:
        alignment = Alignment(pair.source.digest(), pair.target.digest(), new.beads, new.later)
        files[project.alignment_path(document, language)] = write_alignment(alignment)
    files[project.catalog_path(document, language)] = catalog.to_bytes()
    return _difference(old, replace(new or Work(), entries=_versions(catalog)), border), files


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both texts, one of them cut anew, and the beads of before."""

    source: Version
    target: Version
    side: Side
    beads: tuple[BeadRecord, ...]
    later: frozenset[str]


def _aligned(
    project: Project, document: str, language: str, versions: tuple[Version, Version], side: Side
) -> _Pair | None:
    """Return how a text that is cut anew was aligned; None where it was not, or in another version of it."""
    path = project.alignment_path(document, language)
    if not path.exists():
        return None
    alignment = read_alignment(path)
    before, after = versions
    other = load_version(project, document, language if side == "source" else project.source)
    old, new = ((before, other), (after, other)) if side == "source" else ((other, before), (other, after))
    if (alignment.source_digest, alignment.target_digest) != tuple(version.digest() for version in old):
        return None
    return _Pair(*new, side, alignment.beads, alignment.later)


def _recut_pair(project: Project, pair: _Pair, border: Recut, catalog: Catalog) -> Work:
    """Return the beads after one of the texts was cut anew, and offer them to the catalog."""
    beads, place = recut_beads(pair.beads, pair.side, border)
    known = Associations.joined(list(associations(project, pair.target.language, stale=True).values()))
    texts = pair.source.plain_texts(), pair.target.plain_texts()
    beads = judged_anew(beads, [place], texts, (pair.source.language, pair.target.language), known)
    beads = [replace(bead, confidence=round(bead.confidence, 4)) for bead in beads]  # as the file has it
    later = pair.later | {border.second} if border.first in pair.later else pair.later
    offered = translations(beads, pair.source.segments, pair.target.segments, pair.target.language)
    entries.project_beads(catalog, offered, Alignment("", "", tuple(beads), later).unanswered())
    return Work(tuple(beads), later=later)


def _put_back(stands: Work, now: Work, before: Work) -> Work | None:
    """Return what stands there with what stood before put back; None where somebody worked on it since."""
    if bool(stands.beads) != bool(now.beads) or any(stands.entries.get(i) != each for i, each in now.entries.items()):
        return None
    step = Step("", 0.0, "", "undo", now.beads, before.beads)
    beads, displaced = replay_steps(stands.beads, [step] if stands.beads else [])
    later = (stands.later - now.later) | before.later
    return None if displaced else Work(tuple(beads), later=later)


def _live(catalog: Catalog) -> dict[str, Entry]:
    return {entries.segment_id(entry): entry for entry in catalog if not entry.obsolete}


def _versions(catalog: Catalog) -> dict[str, EntryVersion]:
    return {identity: version_of(entry) for identity, entry in _live(catalog).items()}


def _difference(old: Work, new: Work, border: Recut) -> tuple[Work, Work]:
    """Return what gave way and what came: beads, and entries, always with those at the border."""
    ids = {i for i in old.entries.keys() | new.entries.keys() if old.entries.get(i) != new.entries.get(i)}
    ids |= {border.first, border.second}
    front = _alike(old.beads, new.beads)
    back = _alike(old.beads[front:][::-1], new.beads[front:][::-1])
    one, other = (
        Work(
            side.beads[front : len(side.beads) - back],
            {i: version for i, version in side.entries.items() if i in ids},
            side.later & ids,
        )
        for side in (old, new)
    )
    return one, other


def _alike(one: Sequence[BeadRecord], other: Sequence[BeadRecord]) -> int:
    """Return how many beads two sequences begin with alike."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _follow_segments(catalog: Catalog, pot: Catalog, border: Recut, language: str) -> None:
    """Bring a catalog up to its template; what a person had there stands over all parts, as a draft.

    Beside a person's text a draft of the machine is joined to it; by itself it is the machine's to offer again.
    """
    kept = [bead for bead in entries.beads(catalog) if {border.first, border.second} & set(bead.ids)]
    ids = _recut_ids([i for bead in kept for i in bead.ids], border)
    parts = [([entry.msgid for entry in bead.entries], bead.text) for bead in kept]
    worked = [bead.omitted for bead in kept if not bead.open]
    entries.follow_segments(catalog, pot)
    if worked:
        live = {entries.segment_id(entry): entry for entry in catalog if not entry.obsolete}
        text = joined_translation(parts, language_gap(language)) or (entries.OMITTED if all(worked) else "")
        entries.write_bead(catalog, [live[i] for i in ids if i in live], text, State.DRAFT)
