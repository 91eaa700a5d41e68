"""What a person decides about a bead, checked and written to the catalog in memory."""

from dataclasses import dataclass

from locales import Catalog, State

from . import entries
from .errors import ProjectError
from .project import is_catalog
from .rows import Row
from .tagging import translation_problems


@dataclass(frozen=True, slots=True)
class Decision:
    """A translation and what it is worth.

    Attributes:
        texts: every form of a plural, else the one text.
        state: DRAFT saves for later, TRANSLATED confirms, APPROVED approves.
        omit: the translation leaves the sentence out; the texts do not count then.
    """

    texts: tuple[str, ...]
    state: State
    omit: bool = False


def check(document: str, row: Row, decision: Decision, who: str) -> None:
    """Refuse a decision that cannot stand.

    Raises:
        ProjectError: there is nothing to confirm, the forms are not those of the row, the tags are not those of the
            source, or nobody approves.
    """
    if decision.state is State.APPROVED and not (who and who.isprintable() and " " not in who):
        raise ProjectError(f"{who!r}: an approval bears a name without spaces")
    if decision.omit and is_catalog(document):
        raise ProjectError(f"{row.id}: a message of a program cannot be left out; leave it untranslated instead")
    if len(decision.texts) != len(row.texts):
        raise ProjectError(
            f"{row.id}: has {len(row.texts)} forms, and {len(decision.texts)} were given; reload the page"
        )
    if not decision.omit and decision.state is not State.DRAFT and not all(text.strip() for text in decision.texts):
        raise ProjectError(f"{row.id}: there is no translation to confirm; write one, or say that it is left out")
    if is_catalog(document) or decision.omit or decision.state is State.DRAFT:
        return
    if wrong := translation_problems(row.source, decision.texts[0]):
        raise ProjectError(f"{row.id}: {', '.join(wrong)}; mend the translation, or save it as a draft")


def check_charset(catalog: Catalog, *texts: str) -> None:
    """Refuse what the file of the catalog cannot hold.

    Raises:
        ProjectError: its charset lacks a character, or a character is half of one.
    """
    for text in texts:
        try:
            text.encode(catalog.encoding)
        except UnicodeEncodeError as error:
            sign = text[error.start]
            remedy = "correct it" if "\ud800" <= sign < "\ue000" else "correct it, or run `hexapla check --to-utf8`"
            raise ProjectError(f"{catalog.encoding} cannot hold {sign!r}; {remedy}") from None


def write(document: str, catalog: Catalog, bead: entries.Bead, decision: Decision, who: str) -> None:
    """Write a decision that was checked; a text that stays as it was keeps the fact that says where it came from.

    Raises:
        ValueError: no catalog can hold the text.
    """
    state = min(decision.state, State.TRANSLATED)
    head = bead.head
    if head.msgid_plural is not None:
        first, *_ = decision.texts
        plural = dict(enumerate(decision.texts))
        catalog.translate(head, first, state=state if first else State.UNTRANSLATED, plural=plural)
    else:
        # The space around a message is part of it; a sentence has none.
        (text,) = decision.texts if is_catalog(document) else (text.strip() for text in decision.texts)
        text = entries.OMITTED if decision.omit else text
        origin = bead.align_fact if text == head.msgstr else None
        entries.write_bead(catalog, bead.entries, text, state, (origin.kind, *origin.args) if origin else None)
    if decision.state is State.APPROVED:
        entries.approve_bead(catalog, entries.Bead(bead.entries, valid=True), who)
