"""The reviewer's queue: what there is to decide, and decisions written to the catalog."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from locales import Catalog, State

from . import entries
from .errors import ConflictError, ProjectError
from .project import Project
from .store import save_files, writing


@dataclass(frozen=True, slots=True)
class Row:
    """One bead as a reviewer sees it.

    ``id`` is the segment id of its first sentence. ``base`` changes whenever text or state do: a decision made on
    another base is a conflict. ``valid`` is False for a bead that another editor broke; it must be decided anew.
    """

    id: str
    kind: str
    source: tuple[str, ...]
    target: str
    state: State
    confidence: float | None
    omitted: bool
    valid: bool
    comments: tuple[str, ...]
    base: str


def rows(project: Project, document: str, language: str) -> list[Row]:
    """Return the beads of a document in one language, in document order.

    Raises:
        ProjectError, LocalesError: the catalog is missing or broken.
    """
    return [_row(bead) for bead in entries.beads(project.catalog(document, language))]


def next_row(all_rows: Sequence[Row], states: Collection[State], after: str | None) -> Row | None:
    """Return the next row in one of these states; past the end it goes on from the start.

    Args:
        all_rows: the rows of a document.
        states: what is looked for.
        after: id of the row where the search begins; it comes last itself. None: from the start.
    """
    place = next((n for n, row in enumerate(all_rows, 1) if row.id == after), 0)
    return next((row for row in (*all_rows[place:], *all_rows[:place]) if row.state in states), None)


def decide(
    project: Project,
    document: str,
    language: str,
    row: Row,
    text: str,
    state: State,
    who: str = "",
    *,
    omit: bool = False,
) -> Row:
    """Write a person's decision on a bead and return how it stands now.

    Args:
        project, document, language: the catalog.
        row: the bead as the person saw it.
        text: the translation.
        state: DRAFT saves for later, TRANSLATED confirms, APPROVED approves.
        who: who approves.
        omit: the translation leaves the sentence out; ``text`` must be empty then.

    Raises:
        ConflictError: the bead changed since; nothing is written and both texts are kept.
        ProjectError: there is nothing to confirm, or the catalog cannot be written.
    """
    if state is State.APPROVED and not (who and who.isprintable() and " " not in who):
        raise ProjectError(f"{who!r}: an approval bears a name without spaces")
    if not text.strip() and not omit and state is not State.DRAFT:
        raise ProjectError(f"{row.id}: there is no translation to confirm; write one, or say that it is left out")
    with writing(project.root):
        catalog = project.catalog(document, language)
        bead = _find(catalog, row.id)
        now = _row(bead)
        if now.base != row.base:
            raise ConflictError(f"{row.id}: changed while you worked on it; compare both texts", theirs=now.target)
        _write(catalog, bead, entries.OMITTED if omit else text.strip(), min(state, State.TRANSLATED))
        if state is State.APPROVED:
            entries.approve_bead(catalog, _find(catalog, row.id), who)
        save_files({project.catalog_path(document, language): catalog.to_bytes()})
        return _row(_find(catalog, row.id))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many drafts of a catalog were (or would be) confirmed, and how many stay."""

    document: str
    language: str
    confirmed: int
    left: int


def confirm_above(
    project: Project, documents: Sequence[str], languages: Sequence[str], minimum: float, *, dry_run: bool = False
) -> list[Confirmed]:
    """Confirm every untouched draft whose confidence (0 to 1) is at least ``minimum``.

    Raises:
        ProjectError, LocalesError: a catalog is missing, broken, or cannot be written; nothing is written then.
    """
    files: dict[Path, bytes] = {}
    done = []
    with writing(project.root):
        for document in documents:
            for language in languages:
                catalog = project.catalog(document, language)
                drafts = [bead for bead in entries.beads(catalog) if bead.state is State.DRAFT]
                sure = [bead for bead in drafts if (bead.confidence or 0.0) >= minimum and bead.confidence is not None]
                for bead in sure:
                    _write(catalog, bead, bead.head.msgstr, State.TRANSLATED)
                files[project.catalog_path(document, language)] = catalog.to_bytes()
                done.append(Confirmed(document, language, len(sure), len(drafts) - len(sure)))
        if not dry_run:
            save_files(files)
    return done


def _write(catalog: Catalog, bead: entries.Bead, text: str, state: State) -> None:
    """Write the bead; a text that stays as it was keeps the fact that says where it came from."""
    origin = bead.align_fact if text == bead.head.msgstr else None
    entries.write_bead(catalog, bead.entries, text, state, (origin.kind, *origin.args) if origin else None)


def _find(catalog: Catalog, identity: str) -> entries.Bead:
    for bead in entries.beads(catalog):
        if bead.ids[0] == identity:
            return bead
    raise ConflictError(f"{identity}: the sentence is gone or joined to another; reload the page", theirs="")


def _row(bead: entries.Bead) -> Row:
    return Row(
        id=bead.ids[0],
        kind=bead.head.extracted[0] if bead.head.extracted else "",
        source=tuple(entry.msgid for entry in bead.entries),
        target=bead.text,
        state=bead.state,
        confidence=bead.confidence,
        omitted=bead.omitted,
        valid=bead.valid,
        comments=tuple(comment for entry in bead.entries for comment in entry.comments),
        base=f"{bead.digest}:{bead.state.name}",
    )
