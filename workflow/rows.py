"""A catalog as a reviewer sees it: one row a bead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from locales import Catalog, Entry, State
from locales.placeables import only_placeables, placeables
from locales.plurals import plural_examples
from segments.documents import count_tags

from . import entries
from .project import Project, is_catalog
from .software import message_id
from .tagging import numbered_on

_TAG_NOTE = re.compile(r"^\{(\d+)(?=/?\}: )")


@dataclass(frozen=True, slots=True)
class Form:
    """A plural form: its text, and some numbers that are said with it."""

    text: str
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One bead as a reviewer sees it.

    Attributes:
        id: the segment id of its first sentence; of a message of software, a digest of its text.
        entries: the ids of all its sentences, in order.
        kind: of the unit it stands in; "" for a message of software.
        context: what tells a message of software from others with the same text; "" elsewhere.
        references: the places in a program's source where a message stands; none elsewhere.
        source: its sentences, their tags numbered on; where there are ``forms``, a singular and a plural.
        target: the translation; of a plural, the first form.
        forms: the forms of a plural.
        state, confidence: see `workflow.entries.Bead`.
        omitted: the translation leaves it out.
        valid: False for a bead that another editor broke; it must be decided anew.
        comments: of translators.
        notes: what the template says of the sentences beyond their kind: what each tag stands for, or what the
            programmer wrote for the translator.
        previous: the source for which a draft was made before the source changed; "" where it did not.
        base: changes whenever text or state do: a decision made on another base is a conflict.
    """

    id: str
    entries: tuple[str, ...]
    kind: str
    context: str
    references: tuple[str, ...]
    source: tuple[str, ...]
    target: str
    forms: tuple[Form, ...]
    state: State
    confidence: float | None
    omitted: bool
    valid: bool
    comments: tuple[str, ...]
    notes: tuple[str, ...]
    previous: str
    base: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The translation: every form of a plural, else one text."""
        return tuple(form.text for form in self.forms) or (self.target,)

    @property
    def doubt(self) -> float:
        """What to sort by, so that the least sure come first: a row that is not from the aligner comes last."""
        return 2.0 if self.confidence is None else self.confidence

    @property
    def tags(self) -> tuple[str, ...]:
        """The placeables of the source, of a plural its last form, in order: what a translation has to bear too."""
        texts = self.source[-1:] if self.forms else self.source
        return tuple(tag for text in texts for tag in placeables(text))

    @property
    def locked(self) -> bool:
        """Whether there is nothing to translate: numbers, signs, code and addresses alone."""
        return all(map(only_placeables, self.source))


class RowMaker:
    """Makes the rows of a catalog; without one, names entries only."""

    def __init__(self, document: str, catalog: Catalog | None = None) -> None:
        self._examples = dict(enumerate(_examples(catalog))) if catalog else {}
        self._software = is_catalog(document)
        self._name = message_id if self._software else entries.segment_id
        self._names: dict[Entry, str] = {}

    def entry_id(self, entry: Entry) -> str:
        """Return what names an entry, which no decision changes."""
        name = self._names.get(entry)
        if name is None:
            name = self._names[entry] = self._name(entry)
        return name

    def row_id(self, bead: entries.Bead) -> str:
        """Return what names a bead."""
        return self.entry_id(bead.head)

    def locked(self, bead: entries.Bead) -> bool:
        """Tell whether a bead has nothing to translate, as `Row.locked` does."""
        return all(only_placeables(entry.msgid) and only_placeables(entry.msgid_plural or "") for entry in bead.entries)

    def row(self, bead: entries.Bead) -> Row:
        """Return a bead as a reviewer sees it."""
        head = bead.head
        state = bead.state
        return Row(
            id=self.row_id(bead),
            entries=tuple(map(self.entry_id, bead.entries)),
            kind="" if self._software else next(iter(head.extracted), ""),
            context=(head.msgctxt or "") if self._software else "",
            references=head.references if self._software else (),
            source=_source(bead),
            target=bead.text,
            forms=tuple(Form(text, self._examples.get(index, ())) for index, text in head.msgstr_plural.items()),
            state=state,
            confidence=bead.confidence,
            omitted=bead.omitted,
            valid=bead.valid,
            comments=tuple(comment for entry in bead.entries for comment in entry.comments),
            notes=head.extracted if self._software else tuple(_notes(bead)),
            previous=" ".join(entry.previous_msgid or "" for entry in bead.entries).strip(),
            base=f"{bead.digest}:{state.name}",
        )


def rows(project: Project, document: str, language: str) -> list[Row]:
    """Return the beads of a document in one language, in document order.

    Raises:
        ProjectError, LocalesError: the catalog is missing or broken.
    """
    catalog = project.catalog(document, language)
    maker = RowMaker(document, catalog)
    return [maker.row(bead) for bead in entries.beads(catalog)]


def _examples(catalog: Catalog) -> list[tuple[int, ...]]:
    """Return numbers for each plural form; none where the header has no rule that works."""
    try:
        return plural_examples(catalog.header.get("Plural-Forms", "nplurals=0; plural=0;"))
    except ValueError:
        return []


def _source(bead: entries.Bead) -> tuple[str, ...]:
    if len(bead.entries) > 1:
        return tuple(numbered_on(entry.msgid for entry in bead.entries))
    return tuple(text for text in (bead.head.msgid, bead.head.msgid_plural) if text is not None)


def _notes(bead: entries.Bead) -> Iterator[str]:
    """Yield the notes of all sentences, the tags in them numbered on."""
    first = 0
    for entry in bead.entries:
        yield from (_TAG_NOTE.sub(partial(_moved, by=first), note) for note in entry.extracted[1:])
        first += count_tags(entry.msgid)


def _moved(found: re.Match[str], by: int) -> str:
    return f"{{{int(found[1]) + by}"
