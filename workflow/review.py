"""The reviewer's queue: what there is to decide, and decisions written to the catalog."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from locales import Catalog, State
from locales.plurals import plural_examples

from . import entries
from .errors import ConflictError, ProjectError
from .project import Project, is_catalog
from .software import message_id
from .store import save_files, writing


@dataclass(frozen=True, slots=True)
class Form:
    """A plural form: its text, and some numbers that are said with it."""

    text: str
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One bead as a reviewer sees it.

    ``id`` is the segment id of its first sentence; of a message of software, a digest of its text. Where there are
    ``forms``, the source is a singular and a plural and they are its translation; ``target`` is the first. ``base``
    changes whenever text or state do: a decision made on another base is a conflict. ``valid`` is False for a bead that
    another editor broke; it must be decided anew.
    """

    id: str
    kind: str
    source: tuple[str, ...]
    target: str
    forms: tuple[Form, ...]
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
    catalog = project.catalog(document, language)
    name, examples = _naming(document), _examples(catalog)
    return [_row(bead, name, examples) for bead in entries.beads(catalog)]


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
    if state is State.APPROVED and not (who and who.isprintable() and " " not in who):
        raise ProjectError(f"{who!r}: an approval bears a name without spaces")
    if omit and is_catalog(document):
        raise ProjectError(f"{row.id}: a message of a program cannot be left out; leave it untranslated instead")
    forms = [plural.get(index, form.text) for index, form in enumerate(row.forms)][1:]
    if not omit and state is not State.DRAFT and not all(each.strip() for each in (text, *forms)):
        raise ProjectError(f"{row.id}: there is no translation to confirm; write one, or say that it is left out")
    name = _naming(document)
    with writing(project.root):
        catalog = project.catalog(document, language)
        examples = _examples(catalog)
        bead = _find(catalog, row.id, name)
        now = _row(bead, name, examples)
        if now.base != row.base:
            raise ConflictError(f"{row.id}: changed while you worked on it; compare both texts", theirs=now.target)
        # The space around a message is part of it; a sentence has none.
        wanted = entries.OMITTED if omit else text if is_catalog(document) else text.strip()
        _write(catalog, bead, wanted, min(state, State.TRANSLATED), plural)
        if state is State.APPROVED:
            entries.approve_bead(catalog, _find(catalog, row.id, name), who)
        save_files({project.catalog_path(document, language): catalog.to_bytes()})
        return _row(_find(catalog, row.id, name), name, examples)


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


def _write(
    catalog: Catalog, bead: entries.Bead, text: str, state: State, plural: Mapping[int, str] = MappingProxyType({})
) -> None:
    """Write the bead; a text that stays as it was keeps the fact that says where it came from."""
    if bead.head.msgid_plural is not None:
        catalog.translate(bead.head, text, state=state if text else State.UNTRANSLATED, plural=plural)
        return
    origin = bead.align_fact if text == bead.head.msgstr else None
    entries.write_bead(catalog, bead.entries, text, state, (origin.kind, *origin.args) if origin else None)


def _naming(document: str) -> Callable[[entries.Bead], str]:
    """Return what names the beads of a document."""
    if is_catalog(document):
        return lambda bead: message_id(bead.head)
    return lambda bead: bead.ids[0]


def _find(catalog: Catalog, identity: str, name: Callable[[entries.Bead], str]) -> entries.Bead:
    for bead in entries.beads(catalog):
        if name(bead) == identity:
            return bead
    raise ConflictError(f"{identity}: the sentence is gone or joined to another; reload the page", theirs="")


def _examples(catalog: Catalog) -> list[tuple[int, ...]]:
    """Return numbers for each plural form; none where the header has no rule that works."""
    try:
        return plural_examples(catalog.header.get("Plural-Forms", "nplurals=0; plural=0;"))
    except ValueError:
        return []


def _row(bead: entries.Bead, name: Callable[[entries.Bead], str], examples: Sequence[tuple[int, ...]]) -> Row:
    head = bead.head
    numbers = dict(enumerate(examples))
    sources = [(entry.msgid, entry.msgid_plural) for entry in bead.entries]
    return Row(
        id=name(bead),
        kind=head.extracted[0] if head.extracted else "",
        source=tuple(text for pair in sources for text in pair if text is not None),
        target=bead.text,
        forms=tuple(Form(text, numbers.get(index, ())) for index, text in head.msgstr_plural.items()),
        state=bead.state,
        confidence=bead.confidence,
        omitted=bead.omitted,
        valid=bead.valid,
        comments=tuple(comment for entry in bead.entries for comment in entry.comments),
        base=f"{bead.digest}:{bead.state.name}",
    )
