"""A catalog: its entries in the order of the file, found by text or reference, changed and written back.

All that was not changed is written back byte for byte; all that is written can be read again.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from types import MappingProxyType

from .entry import Entry, Fields, State, bead_digest, bead_state, new_entry
from .errors import LocalesError, UnencodableError
from .facts import WORD_JOINER, Fact, fact_digest
from .files import write_atomically
from .plurals import nplurals
from .syntax import BYTE_ESCAPE

__all__ = [
    "WORD_JOINER",
    "Catalog",
    "Entry",
    "Fact",
    "Fields",
    "State",
    "bead_digest",
    "bead_state",
    "fact_digest",
    "new_catalog",
    "new_entry",
]

_HEADER_KEY = (None, "")
_CHARSET = re.compile(r"charset=[^\s;]*")
_HEADER_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)


class Catalog:
    """The entries of one PO or POT file; iteration and ``len`` leave the header out and obsolete entries in.

    ``path`` is where it was read from or will be saved, ``encoding`` the charset of its bytes. Made by `read_catalog`,
    `parse_catalog` and `new_catalog`. Raises ValueError where two entries have the same key.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        path: Path | None = None,
        encoding: str = "utf-8",
        newline: str = "\n",
        tail: str = "",
        data: bytes = b"",
        bom: bytes = b"",
    ) -> None:
        self.path = path
        self.encoding = encoding
        self._newline = newline
        self._tail = tail
        self._bom = bom
        self._saved = data
        self._edited = not data
        self._references: dict[str, Entry] | None = None
        self._set_entries(list(entries))

    def __repr__(self) -> str:
        return f"<Catalog {self.path or 'without path'}: {len(self)} entries>"

    def __iter__(self) -> Iterator[Entry]:
        return (entry for entry in self._entries if entry is not self._header)

    def __len__(self) -> int:
        return len(self._entries) - (self._header is not None)

    @property
    def header(self) -> Mapping[str, str]:
        """The fields of the header entry in their order; `header_text` is the same as written."""
        lines = (line.partition(":") for line in self.header_text.split("\n"))
        return MappingProxyType({name.strip(): value.strip() for name, colon, value in lines if colon})

    @property
    def header_text(self) -> str:
        """The msgstr of the header entry; empty where there is no header."""
        return self._header.msgstr if self._header else ""

    @property
    def header_entry(self) -> Entry | None:
        """The header itself, with its comments; None where there is no header."""
        return self._header

    @property
    def has_bom(self) -> bool:
        """True for a file that begins with a byte order mark; it is kept, though GNU gettext refuses such files."""
        return bool(self._bom)

    def get(self, msgid: str, msgctxt: str | None = None) -> Entry | None:
        """Return the entry of this text and context, obsolete or not; None where there is none."""
        found = self._index.get((msgctxt, msgid))
        return None if found is self._header else found

    def find_reference(self, reference: str) -> Entry | None:
        """Return the first entry, not obsolete, that has this reference (``#:``); None where there is none."""
        if self._references is None:
            self._references = {}
            for entry in self:
                for name in () if entry.obsolete else entry.references:
                    self._references.setdefault(name, entry)
        return self._references.get(reference)

    def translate(
        self,
        entry: Entry,
        text: str,
        *,
        state: State = State.TRANSLATED,
        plural: Mapping[int, str] | None = None,
        facts: Sequence[Fact] = (),
    ) -> None:
        """Give an entry its translation, state and facts; its previous texts (``#|``) go unless it stays a draft.

        ``plural`` has the forms of a plural entry by index; form 0 is ``text``, a form that is not given stays. An
        empty text makes the entry untranslated. Approval is not a state to be set: see `approve`. Raises ValueError
        for forms the entry or the header does not have and for text that no catalog can hold.
        """
        if state is State.APPROVED or (state is State.UNTRANSLATED and text):
            raise ValueError(f"a text is given as a draft or as translated, not as {state.name.lower()}")
        fields: Fields = {"msgstr": text, "facts": tuple(facts)}
        if entry.msgid_plural is not None:
            fields["msgstr_plural"] = self._forms(entry, {**(plural or {}), 0: text})
        elif plural and set(plural) != {0}:
            raise ValueError(f"{entry.msgid!r} has no plural; give its one translation as text")
        draft = state is State.DRAFT and bool(text)
        fields["flags"] = _with_fuzzy(entry.flags, draft)
        if not draft:
            fields |= {"previous_msgctxt": None, "previous_msgid": None, "previous_msgid_plural": None}
        self._edit(entry, fields)

    def approve(self, entry: Entry, who: str, *, bead: Sequence[Entry] = ()) -> None:
        """Approve a translated entry in the name of ``who``; an approval that stood there is replaced.

        ``bead`` has all entries of its bead where there are several: the approval then holds for their texts together,
        and each of them needs one. Raises LocalesError for an entry that is not translated.
        """
        if entry.state < State.TRANSLATED:
            raise LocalesError(
                f"{entry.msgid!r} is {entry.state.name.lower()}; confirm its translation, then approve it"
            )
        approval = Fact("approved", tuple(who.split()), bead_digest(bead or (entry,)))
        if not approval.args:
            raise ValueError("an approval needs the name of who approves")
        self._edit(entry, {"facts": (*(fact for fact in entry.facts if fact.kind != "approved"), approval)})

    def restore(
        self,
        entry: Entry,
        forms: Sequence[str],
        *,
        draft: bool,
        facts: Sequence[Fact],
        previous: tuple[str | None, str | None, str | None],
    ) -> None:
        """Give an entry back what once stood in it; raises ValueError for forms that it does not have.

        ``forms`` are as `Entry.forms` returned them, ``previous`` the previous context, text and plural (``#|``).
        """
        msgctxt, msgid, msgid_plural = previous
        fields: Fields = {
            "flags": _with_fuzzy(entry.flags, draft),
            "facts": tuple(facts),
            "previous_msgctxt": msgctxt,
            "previous_msgid": msgid,
            "previous_msgid_plural": msgid_plural,
        }
        if entry.msgid_plural is not None:
            fields["msgstr_plural"] = dict(enumerate(forms))
        elif len(forms) == 1:
            fields["msgstr"] = forms[0]
        else:
            raise ValueError(f"{entry.msgid!r} has no plural and {len(forms)} forms were given")
        self._edit(entry, fields)

    def comment(self, entry: Entry, text: str) -> None:
        """Add a translator comment, a line for each line of ``text``; raises ValueError where it would state a fact."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._edit(entry, {"comments": (*entry.comments, *lines)})

    def set_header(self, name: str, value: str) -> None:
        """Give a field of the header its value; the other lines stay, and a new field takes its usual place.

        Raises ValueError for a catalog without header.
        """
        if self._header is None:
            raise ValueError("the catalog has no header to set a field in")
        lines = self._header.msgstr.removesuffix("\n").split("\n")
        names = [line.partition(":")[0].strip() for line in lines]
        if name in names:
            place = names.index(name)
            del lines[place]
        else:
            place = next((i for i, other in enumerate(names) if _header_rank(other) > _header_rank(name)), len(lines))
        lines.insert(place, f"{name}: {value}")
        self._header._become(self._header.replace(msgstr="\n".join(lines) + "\n"))
        self._edited = True

    def arrange(self, entries: Iterable[Entry]) -> None:
        """Make ``entries`` the entries of the catalog, in this order; the header stays where it is: in front.

        An entry of this catalog stays itself. Any other, be it new, another catalog's or a `replace` of one of ours, is
        copied in: take it from `get`. Entries that are not named are gone. Raises ValueError for two entries with the
        same key and for a plural entry with more or fewer forms than the header says; an untranslated one is given
        the right number of empty forms.
        """
        forms = self._nplurals()
        kept = [self._adopt(entry, forms) for entry in entries]
        before: dict[Entry, Entry | None] = dict(zip(self._entries, [None, *self._entries], strict=False))
        arranged = [self._header, *kept] if self._header else kept
        self._set_entries(arranged)
        for previous, entry in pairwise([None, *arranged]):
            assert entry is not None
            if previous:
                previous._end_line(self._newline)
            if before.get(entry, entry) is not previous:
                entry._separate(self._newline if previous else "")
        self._number()
        self._edited = True

    @property
    def changed(self) -> bool:
        """True where saving would write other bytes than were read or saved last."""
        return self._edited and self.to_bytes() != self._saved

    def to_bytes(self) -> bytes:
        """Return the catalog as a file; raises `UnencodableError` where its charset cannot hold a character."""
        text = "".join([entry.raw for entry in self._entries]) + self._tail
        try:
            return self._bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise self._unencodable(text, error.start) from None

    def freeze(self) -> Callable[[], bytes]:
        """Return what makes the file of the entries as they are now, however they are changed meanwhile.

        It is quick, however large the catalog; the work is done when the result is called, in any thread.
        """
        blocks = [entry._blocks for entry in self._entries]
        return lambda: self._bom + ("".join("".join(each) for each in blocks) + self._tail).encode(self.encoding)

    def to_utf8(self) -> bytes:
        """Return the catalog as a file in UTF-8, with that charset in its header; every text is the same.

        Entries with escaped bytes are written anew, for these bytes are of the old charset.
        """
        entries = []
        for entry in self._entries:
            if BYTE_ESCAPE.search(entry.raw):
                entry = entry._rewritten(entry.newline, "utf-8")
            if entry is self._header or entry.key == _HEADER_KEY:
                entry = entry.replace(msgstr=_CHARSET.sub("charset=UTF-8", entry.msgstr, count=1))
            entries.append(entry.raw)
        return self._bom + ("".join(entries) + self._tail).encode()

    def save(self, path: str | os.PathLike[str] | None = None) -> bool:
        """Write the file, all of it or nothing, and return whether it was written: not where nothing changed.

        ``path`` is where a catalog without a path begins to live; for one that has a path, it is where a copy goes.
        Raises `UnencodableError` and OSError, with the old file in place.
        """
        target = Path(path) if path is not None else self.path
        if target is None:
            raise ValueError("a new catalog has no path yet; name the file to save it in")
        at_home = self.path is None or target == self.path
        if at_home and not self.changed:
            return False
        data = self.to_bytes()
        write_atomically(target, data)
        if at_home:
            self.path, self._saved, self._edited = target, data, False
        return True

    def _set_entries(self, entries: list[Entry]) -> None:
        index = {entry.key: entry for entry in entries}
        if len(index) != len(entries):
            double = next(entry for entry in entries if index[entry.key] is not entry)
            raise ValueError(f"two entries have the text {double.msgid!r} and the context {double.msgctxt!r}")
        header = index.get(_HEADER_KEY)
        self._entries = entries
        self._index = index
        self._header = header if header and not header.obsolete else None
        self._references = None

    def _number(self) -> None:
        line = 1
        for entry in self._entries:
            line += entry._place(line)

    def _own(self, entry: Entry) -> None:
        if entry is self._header or self._index.get(entry.key) is not entry:
            raise ValueError(f"{entry!r} is not an entry of this catalog; take it from get() or by iteration")

    def _edit(self, entry: Entry, fields: Fields) -> None:
        self._own(entry)
        entry._become(entry.replace(**fields))
        self._edited = True

    def _forms(self, entry: Entry, given: Mapping[int, str]) -> dict[int, str]:
        forms = {**entry.msgstr_plural, **given}
        wanted = self._nplurals() or len(forms)
        if not set(forms) <= set(range(wanted)):
            raise ValueError(f"{entry.msgid!r} has forms 0 to {wanted - 1}, not {sorted(forms)}; see Plural-Forms")
        return {index: forms.get(index, "") for index in range(wanted)}

    def _nplurals(self) -> int | None:
        return nplurals(self.header.get("Plural-Forms", ""))

    def _adopt(self, entry: Entry, wanted: int | None) -> Entry:
        if self._index.get(entry.key) is entry:
            return entry
        if entry.newline == self._newline and entry.encoding == self.encoding:
            adopted = entry.replace()
        else:
            adopted = entry._rewritten(self._newline, self.encoding)
        if wanted and entry.msgid_plural is not None and not entry.obsolete and len(entry.forms()) != wanted:
            if any(entry.forms()):
                raise ValueError(f"{entry.msgid!r} has {len(entry.forms())} forms where Plural-Forms has {wanted}")
            adopted = adopted.replace(msgstr_plural=dict.fromkeys(range(wanted), ""))
        return adopted

    def _unencodable(self, text: str, offset: int) -> UnencodableError:
        ends = accumulate(len(entry.raw) for entry in self._entries)
        msgid = next((entry.msgid for entry, end in zip(self._entries, ends, strict=True) if offset < end), None)
        code = ord(text[offset])
        remedy = "convert the catalog first, with `hexapla check --to-utf8`"
        if 0xD800 <= code < 0xE000:
            remedy = "it is half of a character, so correct the text"
        problem = f"{self.encoding} cannot hold {text[offset]!r} (U+{code:04X}); {remedy}"
        return UnencodableError(str(self.path or "<catalog>"), text.count("\n", 0, offset) + 1, problem, msgid)


def new_catalog(
    language: str,
    entries: Iterable[Entry] = (),
    *,
    template: bool = False,
    header: Mapping[str, str] = MappingProxyType({}),
    comments: Sequence[str] = (),
    path: Path | None = None,
) -> Catalog:
    """Return a catalog in UTF-8 with a header and copies of ``entries``; dates and names are the caller's to give.

    ``header`` overrides and extends the fields that need no asking: Language, the three of MIME, Plural-Forms. A
    ``template`` (POT) has neither Language nor Plural-Forms by itself, and a fuzzy header, as xgettext makes it.
    """
    from .tags import locale_id, plural_forms  # the one place of this module that needs Babel

    fields = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if not template:
        fields |= {"Language": locale_id(language), "Plural-Forms": plural_forms(language)}
    fields |= header
    text = "".join(f"{name}: {fields[name]}\n" for name in sorted(fields, key=_header_rank))
    flags = ("fuzzy",) if template else ()
    catalog = Catalog([], path=path)
    catalog.arrange([new_entry(msgid="", msgstr=text, comments=tuple(comments), flags=flags)])
    catalog.arrange(entries)
    return catalog


def _header_rank(name: str) -> int:
    return _HEADER_ORDER.index(name) if name in _HEADER_ORDER else len(_HEADER_ORDER)


def _with_fuzzy(flags: tuple[str, ...], fuzzy: bool) -> tuple[str, ...]:
    if fuzzy == ("fuzzy" in flags):
        return flags
    return ("fuzzy", *flags) if fuzzy else tuple(flag for flag in flags if flag != "fuzzy")
