"""Decisions written straight to the catalog file: one, or all sure drafts at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from locales import Catalog, State

from . import entries
from .decisions import Decision, check, confirmation, write
from .errors import ConflictError
from .journal import journal_path, read_journal
from .project import Project, is_catalog
from .queries import search
from .rows import Row, RowMaker
from .store import save_files, writing
from .tagging import translation_problems


def decide(
    project: Project,
    document: str,
    language: str,
    row: Row,
    text: str,
    state: State,
    who: str = "",
    *,
    plural: Mapping[int, str] = MappingProxyType({}),
    omit: bool = False,
) -> Row:
    """Write a person's decision on a bead and return how it stands now.

    Args:
        project, document, language: the catalog.
        row: the bead as the person saw it.
        text: the translation; of a plural its first form.
        state: DRAFT saves for later, TRANSLATED confirms, APPROVED approves.
        who: who approves.
        plural: the other forms of a plural by index; those not given stay.
        omit: the translation leaves the sentence out; ``text`` must be empty then.

    Raises:
        ConflictError: the bead changed since; nothing is written and both texts are kept.
        ProjectError: there is nothing to confirm, or the catalog cannot be written.
    """
    others = [plural.get(index, form.text) for index, form in enumerate(row.forms)][1:]
    decision = Decision((text, *others), state, omit=omit)
    check(document, row, decision, who)
    with writing(project.root):
        catalog = project.catalog(document, language)
        maker = RowMaker(document, catalog)
        bead = _find(catalog, row.id, maker)
        now = maker.row(bead)
        if now.base != row.base:
            raise ConflictError(f"{row.id}: changed while you worked on it; compare both texts", theirs=now.target)
        write(document, catalog, bead, decision, who)
        save_files({project.catalog_path(document, language): catalog.to_bytes()})
        return maker.row(_find(catalog, row.id, maker))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many drafts of a catalog were (or would be) confirmed, and how many stay."""

    document: str
    language: str
    confirmed: int
    left: int


def confirm_drafts(
    project: Project,
    documents: Sequence[str],
    languages: Sequence[str],
    minimum: float | None,
    query: str = "",
    user: str = "",
    *,
    dry_run: bool = False,
) -> list[Confirmed]:
    """Confirm the drafts that a query finds, as they stand; those whose tags are wrong stay drafts.

    Args:
        project, documents, languages: which catalogs.
        minimum: the least confidence, 0 to 1; drafts without one, which a person made, stay then.
        query: see `workflow.queries`.
        user: who ``mine`` is.
        dry_run: count only.

    Raises:
        ProjectError, LocalesError: a catalog is missing, broken, or cannot be written, or the query cannot be
            understood; nothing is written then.
    """
    files: dict[Path, bytes] = {}
    done = []
    with writing(project.root):
        for document in documents:
            for language in languages:
                catalog = project.catalog(document, language)
                drafts = [bead for bead in entries.beads(catalog) if bead.state is State.DRAFT]
                found = _found(project, document, language, catalog, query, user)
                sure = [bead for bead in drafts if found(bead) and _sure(bead, minimum)]
                if not is_catalog(document):
                    sure = [bead for bead in sure if not _wrong_tags(bead)]
                for bead in sure:
                    write(document, catalog, bead, confirmation(bead), who="")
                files[project.catalog_path(document, language)] = catalog.to_bytes()
                done.append(Confirmed(document, language, len(sure), len(drafts) - len(sure)))
        if not dry_run:
            save_files(files)
    return done


def _sure(bead: entries.Bead, minimum: float | None) -> bool:
    if minimum is None:
        return bead.valid
    return bead.confidence is not None and bead.confidence >= minimum


def _wrong_tags(bead: entries.Bead) -> bool:
    return bool(translation_problems([entry.msgid for entry in bead.entries], bead.text))


def _found(
    project: Project, document: str, language: str, catalog: Catalog, query: str, user: str
) -> Callable[[entries.Bead], bool]:
    """Return what tells the beads that a query finds."""
    if not query.strip():
        return lambda bead: True
    maker = RowMaker(document, catalog)
    records, _ = read_journal(journal_path(project, document, language))
    ids = {row.id for row in search(map(maker.row, entries.beads(catalog)), records, query, user)}
    return lambda bead: maker.row_id(bead) in ids


def _find(catalog: Catalog, identity: str, maker: RowMaker) -> entries.Bead:
    for bead in entries.beads(catalog):
        if maker.row_id(bead) == identity:
            return bead
    raise ConflictError(f"{identity}: the sentence is gone or joined to another; reload the page", theirs="")
