"""A decision written straight to the catalog file."""

from collections.abc import Mapping
from types import MappingProxyType

from locales import Catalog, State

from . import entries
from .decisions import Decision, check, write
from .errors import ConflictError
from .project import Project
from .rows import Row, RowMaker
from .store import save_files, writing


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


def _find(catalog: Catalog, identity: str, maker: RowMaker) -> entries.Bead:
    for bead in entries.beads(catalog):
        if maker.row_id(bead) == identity:
            return bead
    raise ConflictError(f"{identity}: the sentence is gone or joined to another; reload the page", theirs="")
