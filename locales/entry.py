"""One message of a catalog: its texts, state and comments, read from the lines it is written in.

An entry keeps its lines. Its attributes are read from them when they are asked for, and a changed field rewrites the
lines of that field alone: what nobody touched stays as it was, byte for byte.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import TypedDict, Unpack, cast

from . import head
from .facts import WORD_JOINER, Fact, fact_digest
from .head import Kind
from .syntax import Blocks, quote_field, split_forms, unquote, unquote_forms

_HEAD_FIELDS = {"comments", "facts", "extracted", "references", "flags"}
_LEAD = re.compile(r"\A(?:[ \t\r\f\v]*+\n)++")


class State(IntEnum):
    """How far a translation has come; a later state is worth more."""

    UNTRANSLATED = 0
    DRAFT = 1
    TRANSLATED = 2
    APPROVED = 3


class Fields(TypedDict, total=False):
    """What an entry can be made of; see the attributes of `Entry`."""

    msgctxt: str | None
    msgid: str
    msgid_plural: str | None
    msgstr: str
    msgstr_plural: Mapping[int, str]
    obsolete: bool
    comments: tuple[str, ...]
    facts: tuple[Fact, ...]
    extracted: tuple[str, ...]
    references: tuple[str, ...]
    flags: tuple[str, ...]
    previous_msgctxt: str | None
    previous_msgid: str | None
    previous_msgid_plural: str | None


class Entry:
    """A message. Entries come from a reader, `new_entry` or `replace`, and only their `Catalog` changes them.

    Two entries are never equal; an entry is found again by its ``key``, which is unique in a catalog.
    """

    __slots__ = ("_blocks", "_encoding", "_key", "_line", "_obsolete")

    def __init__(
        self,
        blocks: Blocks,
        key: tuple[str | None, str],
        obsolete: bool = False,
        line: int = 0,
        encoding: str = "utf-8",
    ) -> None:
        self._blocks = blocks
        self._key = key
        self._obsolete = obsolete
        self._line = line
        self._encoding = encoding

    def __repr__(self) -> str:
        return f"<Entry {self.msgid!r}: {self.state.name.lower()}>"

    @property
    def key(self) -> tuple[str | None, str]:
        """``(msgctxt, msgid)``."""
        return self._key

    @property
    def msgctxt(self) -> str | None:
        """What tells equal sources apart; None where there is nothing to tell."""
        return self._key[0]

    @property
    def msgid(self) -> str:
        """The source text."""
        return self._key[1]

    @property
    def msgid_plural(self) -> str | None:
        """The source text for more than one; None for an entry without plural."""
        return unquote(self._blocks.plural, self._encoding) if self._blocks.plural else None

    @property
    def msgstr(self) -> str:
        """The translation; of a plural entry, its first form."""
        return self.forms()[0]

    @property
    def msgstr_plural(self) -> dict[int, str]:
        """Every form of a plural entry by its index, the first included; empty for other entries."""
        return dict(enumerate(self.forms())) if self._blocks.plural else {}

    @property
    def obsolete(self) -> bool:
        """True where the source no longer has the message (``#~``) and its translation is kept for later."""
        return self._obsolete

    @property
    def comments(self) -> tuple[str, ...]:
        """The translator comments (``# ``), a line each, without those that state facts."""
        return head.read(self._blocks.head, Kind.COMMENT)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that stand at the entry, void ones too: a fact holds while its digest is that of its bead."""
        if "hx:" not in self._blocks.head:
            return ()
        return tuple(filter(None, map(Fact.parse, head.read(self._blocks.head, Kind.FACT))))

    @property
    def extracted(self) -> tuple[str, ...]:
        """What the source says about the message (``#.``), a line each."""
        return head.read(self._blocks.head, Kind.EXTRACTED)

    @property
    def references(self) -> tuple[str, ...]:
        """Where the source has the message (``#:``), without the isolates around names with spaces."""
        return head.read_references(self._blocks.head)

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags (``#,``) in their order, unknown ones too."""
        return head.read_flags(self._blocks.head)

    @property
    def previous_msgctxt(self) -> str | None:
        """The context for which a draft was made before the source changed (``#|``)."""
        return self._previous().get("msgctxt")

    @property
    def previous_msgid(self) -> str | None:
        """The source text for which a draft was made before the source changed (``#|``)."""
        return self._previous().get("msgid")

    @property
    def previous_msgid_plural(self) -> str | None:
        """The plural source text for which a draft was made before the source changed (``#|``)."""
        return self._previous().get("msgid_plural")

    @property
    def state(self) -> State:
        """The state of the entry as a bead of its own; that of a larger bead is `bead_state`."""
        return bead_state((self,))

    @property
    def link(self) -> str | None:
        """``cont`` or ``omit`` where such a fact stands and the msgstr is U+2060 alone, else None.

        Whether the fact still holds only the whole bead can tell: compare its digest with `bead_digest`.
        """
        links = [fact.kind for fact in self.facts if fact.kind in ("cont", "omit")]
        return links[0] if links and self.msgstr == WORD_JOINER else None

    @property
    def line(self) -> int:
        """The line of the first field, 1-based, when the catalog was last read or arranged; 0 outside of a catalog."""
        return self._line

    @property
    def raw(self) -> str:
        """The lines of the entry, from the blank lines before it to its last string."""
        return "".join(self._blocks)

    @property
    def newline(self) -> str:
        """The end of line that the entry is written with."""
        return "\r\n" if self._blocks.msgid.endswith("\r\n") else "\n"

    @property
    def encoding(self) -> str:
        """The charset in which escaped bytes of the entry are read."""
        return self._encoding

    def forms(self) -> list[str]:
        """Return the translation as a list: every form of a plural entry, else the one msgstr."""
        if self._blocks.plural:
            return unquote_forms(self._blocks.translation, self._encoding)
        return [unquote(self._blocks.translation, self._encoding)]

    def digest(self) -> str:
        """Return the digest for facts about this entry as a bead of its own."""
        return bead_digest((self,))

    def fields(self) -> Fields:
        """Return all fields; `new_entry` makes the same entry of them, written in the one way of this package."""
        return cast(Fields, {name: getattr(self, name) for name in Fields.__annotations__})

    def replace(self, **changes: Unpack[Fields]) -> "Entry":
        """Return the entry with ``changes``; the lines of other fields, and of equal values, stay as they are.

        ``msgstr_plural`` gives every form, ``msgstr`` alone changes the first. Raises ValueError for a value that no
        catalog can hold: NUL, an end of line in a comment, flag or reference, forms that skip an index.
        """
        if "msgstr" in changes and changes.get("msgid_plural", self.msgid_plural) is not None:
            changes["msgstr_plural"] = {**changes.get("msgstr_plural", self.msgstr_plural), 0: changes["msgstr"]}
        changed = {name for name, value in changes.items() if value != getattr(self, name)}
        if changed <= _HEAD_FIELDS:  # by far the most common case of an update; the texts need not be read for it
            blocks = self._blocks._replace(head=_write_head(self._blocks.head, changes, changed, self.newline))
            return Entry(blocks, self._key, self._obsolete, self._line, self._encoding)
        old = self.fields()
        new: Fields = {**old, **changes}
        blocks = _write(self._blocks, old, new, changed, self.newline)
        return Entry(blocks, (new["msgctxt"], new["msgid"]), new["obsolete"], self._line, self._encoding)

    def follow(self, template: "Entry") -> "Entry":
        """Return the entry with the extracted comments and references of another, in the lines they have there."""
        blocks = self._blocks._replace(head=head.write_origin(self._blocks.head, template._blocks.head, self.newline))
        return Entry(blocks, self._key, self._obsolete, self._line, self._encoding)

    def _previous(self) -> dict[str, str]:
        return head.read_previous(self._blocks.head, self._encoding) if "|" in self._blocks.head else {}

    # What follows is for the Catalog.

    def _become(self, other: "Entry") -> None:
        self._blocks, self._key, self._obsolete = other._blocks, other._key, other._obsolete

    def _rewritten(self, newline: str, encoding: str) -> "Entry":
        return _blank(newline, encoding).replace(**self.fields())

    def _separate(self, separator: str) -> None:
        """Put the separator before the entry where it has no blank line; take its blank lines away for an empty one."""
        text = _LEAD.sub("", self._blocks.head)
        if (text != self._blocks.head) != bool(separator):
            self._blocks = self._blocks._replace(head=separator + text)

    def _place(self, line: int) -> int:
        """Let the entry begin in this line and return how many lines it has."""
        self._line = line + self._blocks.head.count("\n")
        return self.raw.count("\n")

    def _end_line(self, newline: str) -> None:
        if not self._blocks.translation.endswith("\n"):
            self._blocks = self._blocks._replace(translation=self._blocks.translation + newline)


def new_entry(**fields: Unpack[Fields]) -> Entry:
    """Return an entry that no catalog has yet; `Catalog.arrange` and `new_catalog` take it in.

    It needs a ``msgid``; with a ``msgid_plural`` and no ``msgstr_plural`` it has two empty forms. Raises ValueError as
    `Entry.replace` does.
    """
    if "msgid" not in fields:
        raise ValueError("an entry needs a msgid")
    if fields.get("msgid_plural") is not None:
        fields.setdefault("msgstr_plural", {0: "", 1: ""})
    return _blank("\n", "utf-8").replace(**fields)


def bead_digest(entries: Iterable[Entry]) -> str:
    """Return the digest for facts about the bead made of ``entries``, in order."""
    return fact_digest(("\0".join(_sources(entry)), "\0".join(entry.forms())) for entry in entries)


def bead_state(entries: Sequence[Entry]) -> State:
    """Return the state of a bead: that of its lowest member; approved only by facts about the whole bead."""
    forms = [form for entry in entries for form in entry.forms()]
    draft = any("fuzzy" in entry.flags for entry in entries)
    return text_state(forms, draft=draft, approved=not draft and _is_approved(entries))


def text_state(forms: Iterable[str], *, draft: bool, approved: bool) -> State:
    """Return the state of a translation: untranslated while any of its texts, such as the forms of a plural, is empty.

    >>> text_state(["ein Apfel", ""], draft=False, approved=True).name
    'UNTRANSLATED'
    """
    if not all(forms):
        return State.UNTRANSLATED
    if draft:
        return State.DRAFT
    return State.APPROVED if approved else State.TRANSLATED


def _is_approved(entries: Sequence[Entry]) -> bool:
    approvals = [[fact.digest for fact in entry.facts if fact.kind == "approved"] for entry in entries]
    if not all(approvals):
        return False
    digest = bead_digest(entries)
    return all(digest in approval for approval in approvals)


def _blank(newline: str, encoding: str) -> Entry:
    blocks = Blocks(newline, "", f'msgid ""{newline}', "", f'msgstr ""{newline}')
    return Entry(blocks, (None, ""), encoding=encoding)


def _sources(entry: Entry) -> list[str]:
    plural = entry.msgid_plural
    return [entry.msgid] if plural is None else [entry.msgid, plural]


def _write(blocks: Blocks, old: Fields, fields: Fields, changed: set[str], newline: str) -> Blocks:
    """Return the blocks with the lines of the changed fields written anew."""
    obsolete = "obsolete" in changed  # then every line of a field gets or loses its mark
    mark = "#~ " if fields["obsolete"] else ""

    def field(block: str, name: str, text: str | None) -> str:
        if not obsolete and name not in changed:
            return block
        return "" if text is None else quote_field(name, text, mark, newline)

    translation = blocks.translation
    if obsolete or changed & {"msgid_plural", "msgstr", "msgstr_plural"}:
        translation = _write_forms(translation, {} if obsolete else old["msgstr_plural"], fields, mark, newline)
    return Blocks(
        _write_head(blocks.head, fields, changed, newline),
        field(blocks.context, "msgctxt", fields["msgctxt"]),
        field(blocks.msgid, "msgid", fields["msgid"]),
        field(blocks.plural, "msgid_plural", fields["msgid_plural"]),
        translation,
    )


def _write_forms(block: str, old: Mapping[int, str], fields: Fields, mark: str, newline: str) -> str:
    """Return every msgstr written anew, but for the forms that are as in ``old``: these keep their lines."""
    forms = fields["msgstr_plural"]
    if (fields["msgid_plural"] is None) != (not forms) or sorted(forms) != list(range(len(forms))):
        raise ValueError(f"the plural forms {sorted(forms)} do not fit the entry; number them from 0 without a gap")
    if not forms:
        return quote_field("msgstr", fields["msgstr"], mark, newline)
    kept = {index: lines for index, lines in enumerate(split_forms(block)) if old.get(index) == forms.get(index)}
    return "".join(
        kept.get(index) or quote_field(f"msgstr[{index}]", forms[index], mark, newline) for index in range(len(forms))
    )


def _write_head(text: str, fields: Fields, changed: set[str], newline: str) -> str:
    if "comments" in changed:
        text = head.write(text, Kind.COMMENT, fields["comments"], newline)
    if "facts" in changed:
        text = head.write(text, Kind.FACT, map(str, fields["facts"]), newline)
    if "extracted" in changed:
        text = head.write(text, Kind.EXTRACTED, fields["extracted"], newline)
    if "references" in changed:
        text = head.write_references(text, fields["references"], newline)
    if "flags" in changed:
        text = head.write_flags(text, fields["flags"], newline)
    if changed & {"obsolete", "previous_msgctxt", "previous_msgid", "previous_msgid_plural"}:
        previous = [
            ("msgctxt", fields["previous_msgctxt"]),
            ("msgid", fields["previous_msgid"]),
            ("msgid_plural", fields["previous_msgid_plural"]),
        ]
        text = head.write_previous(text, previous, "#~| " if fields["obsolete"] else "#| ", newline)
    return text
