"""Move a sentence border by hand, in a source or a translation: not the same as regrouping beads.

The border goes to segments/*.jsonl as a cut of a person, which no splitter undoes. Work stays with its sentences: where
a source sentence is cut, its translation covers both parts in every language; where two are joined, so are their
translations. Both become drafts. All files of all languages are written, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from locales import Catalog, State, read_catalog
from locales.tags import language_gap
from segments.alignment import Associations

from . import entries
from .associations import associations
from .errors import ProjectError
from .groups import SIDES, Side
from .handwork import cut_by_hand, join_by_hand
from .ingest import load_version
from .pairing import translations
from .project import Project, is_catalog
from .records import Alignment, BeadRecord, read_alignment, write_alignment, write_units
from .rejudging import judged_anew
from .segmenting import Version
from .store import save_files, writing
from .tagging import joined_translation


@dataclass(frozen=True, slots=True)
class Recut:
    """A border that is made or removed: between sentence ``first`` and the one after it, ``second``, by their ids."""

    first: str
    second: str
    joined: bool


def recut(project: Project, document: str, language: str, sentence: str, at: int | str | None) -> Recut:
    """Cut a sentence of a document, or join it with the next one, and take everything along that stands on it.

    Args:
        project, document: which document.
        language: that of the source, or of a translation.
        sentence: its id.
        at: where to cut, in code points of its text with tags, or the words that stand before the cut; None joins it
            with the next one.

    Raises:
        ProjectError: there is no such sentence, or it cannot be cut or joined there; nothing was changed.
    """
    if is_catalog(document):
        raise ProjectError(f"{document}: the messages of a program are not cut into sentences")
    with writing(project.root):
        version = load_version(project, document, language)
        new, border = _recut_version(document, version, sentence, at)
        files: dict[Path, bytes] = {project.segments_path(document, language): write_units(new.records)}
        if language == project.source:
            files |= _follow_source(project, document, new, border)
        else:
            source = load_version(project, document, project.source)
            catalog = project.catalog(document, language)
            files |= _realigned(project, document, source, new, "target", border, catalog)
            files[project.catalog_path(document, language)] = catalog.to_bytes()
        save_files(files)
    return border


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


def _recut_version(document: str, version: Version, sentence: str, at: int | str | None) -> tuple[Version, Recut]:
    for place, (unit, record, segments) in enumerate(version.unit_segments()):
        if sentence in record.segment_ids:
            index = record.segment_ids.index(sentence)
            if at is None:
                new = join_by_hand(record, unit.text, sentence)
            else:
                beginning = at if isinstance(at, str) else segments[index].text[: max(0, at)]
                new = cut_by_hand(record, unit.text, sentence, beginning)
            second = (record if at is None else new).segment_ids[index + 1]
            records = (*version.records[:place], new, *version.records[place + 1 :])
            return replace(version, records=records), Recut(sentence, second, joined=at is None)
    raise ProjectError(
        f"{sentence}: no such sentence in {document}; load the page again, or see the ids in its {version.language}"
        " segments file"
    )


def _follow_source(project: Project, document: str, source: Version, border: Recut) -> dict[Path, bytes]:
    """Return the template, and of every language the catalog and the alignment, after the source was cut anew."""
    pot_path = project.template_path(document)
    old = read_catalog(pot_path) if pot_path.exists() else None
    pot = entries.template(document, project.name, source.texts(), source.notes(), old)
    files = {pot_path: pot.to_bytes()}
    for language in project.targets:
        path = project.catalog_path(document, language)
        if not path.exists():
            continue
        catalog = project.catalog(document, language)
        _follow_segments(catalog, pot, border, language)
        if project.alignment_path(document, language).exists():
            target = load_version(project, document, language)
            files |= _realigned(project, document, source, target, "source", border, catalog)
        files[path] = catalog.to_bytes()
    return files


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


def _realigned(
    project: Project, document: str, source: Version, target: Version, side: Side, border: Recut, catalog: Catalog
) -> dict[Path, bytes]:
    """Return the alignment after one of its texts was cut anew, and offer its beads to the catalog."""
    path = project.alignment_path(document, target.language)
    if not path.exists():
        return {}
    beads, place = recut_beads(read_alignment(path).beads, side, border)
    known = Associations.joined(list(associations(project, target.language, stale=True).values()))
    texts = source.plain_texts(), target.plain_texts()
    beads = judged_anew(beads, [place], texts, (source.language, target.language), known)
    entries.project_beads(catalog, translations(beads, source.segments, target.segments, target.language))
    return {path: write_alignment(Alignment(source.digest(), target.digest(), tuple(beads)))}
