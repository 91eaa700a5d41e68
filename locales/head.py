"""The lines before the fields of an entry: comments, facts, references, flags and previous texts."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from .facts import Fact
from .syntax import PREVIOUS, quote_field, unquote

_SPACES = " \t\r\f\v\n"


class Kind(IntEnum):
    """What a line says, in the order in which such lines are written."""

    BLANK = 0
    COMMENT = 1
    FACT = 2
    EXTRACTED = 3
    REFERENCE = 4
    FLAG = 5
    PREVIOUS = 6


_KINDS = {"#.": Kind.EXTRACTED, "#:": Kind.REFERENCE, "#,": Kind.FLAG, "#|": Kind.PREVIOUS}
# What a line of the kind cannot be without; most lines need not be parsed then.
_SIGNS = {
    Kind.BLANK: "",
    Kind.COMMENT: "#",
    Kind.FACT: "hx:",
    Kind.EXTRACTED: "#.",
    Kind.REFERENCE: "#:",
    Kind.FLAG: "#,",
    Kind.PREVIOUS: "|",
}
_ORIGIN = (Kind.EXTRACTED, Kind.REFERENCE)
_MARKERS = {Kind.COMMENT: "# ", Kind.FACT: "# ", Kind.EXTRACTED: "#. ", Kind.REFERENCE: "#: ", Kind.FLAG: "#, "}
# A name with spaces stands between U+2068 FIRST STRONG ISOLATE and U+2069 POP DIRECTIONAL ISOLATE (gettext 0.19.8).
_REFERENCE = re.compile("\u2068([^\u2069]*)\u2069([^ \t\r\f\v]*)|([^ \t\r\f\v]+)")
_UNFIT = re.compile("[\0\4\r\n]")
_UNFIT_REFERENCE = re.compile("[\u2068\u2069]|^$")


def read(head: str, kind: Kind) -> tuple[str, ...]:
    """Return what the lines of one kind say, without their markers."""
    sign = _SIGNS[kind]
    if sign not in head:
        return ()
    return tuple(text for found, text in (_parse(line) for line in _lines(head) if sign in line) if found is kind)


def read_references(head: str) -> tuple[str, ...]:
    """Return the references (``#:``), without the isolates around names with spaces."""
    found = _REFERENCE.findall(" ".join(read(head, Kind.REFERENCE)))
    return tuple(isolated + suffix or plain for isolated, suffix, plain in found)


def read_flags(head: str) -> tuple[str, ...]:
    """Return the flags (``#,``) in their order."""
    words = (word.strip(_SPACES) for line in read(head, Kind.FLAG) for word in line.split(","))
    return tuple(word for word in words if word)


def read_previous(head: str, encoding: str) -> dict[str, str]:
    """Return the previous texts (``#|``) by field; raises ValueError where these lines are not made of fields."""
    text = "\n".join(read(head, Kind.PREVIOUS))
    if not text:
        return {}
    found = PREVIOUS.fullmatch(text)
    if found is None:
        raise ValueError('the previous text is not one msgid with its strings; write it as #| msgid "…"')
    return {field: unquote(block, encoding) for field, block in found.groupdict().items() if block}


def write(head: str, kind: Kind, texts: Iterable[str], newline: str) -> str:
    """Return the head with its lines of one kind replaced; a line that says the same is kept as it is.

    Raises ValueError for a text that would not be read back as one line of this kind.
    """
    lines = [(_MARKERS[kind] + text).rstrip(_SPACES) for text in texts]
    for line in lines:
        if _UNFIT.search(line) or _parse(line)[0] is not kind:
            raise ValueError(f"{line!r} cannot be written as one {kind.name.lower()} line")
    standing = {_parse(line): line for line in _lines(head)}
    # A backslash at the end of a line makes gettext's tools swallow the next one; a space after it prevents that.
    written = [(line + " " if line.endswith("\\") else line) + newline for line in lines]
    return _insert(head, kind, [standing.get(_parse(line), line) for line in written])


def write_references(head: str, references: Sequence[str], newline: str) -> str:
    """Return the head with its references in one line; names with spaces are put between isolates."""
    for reference in references:
        if _UNFIT_REFERENCE.search(reference):
            raise ValueError(f"{reference!r} cannot be written as a reference")
    words = (f"\u2068{name}\u2069" if any(space in name for space in _SPACES) else name for name in references)
    return write(head, Kind.REFERENCE, [" ".join(words)] if references else [], newline)


def write_flags(head: str, flags: Sequence[str], newline: str) -> str:
    """Return the head with its flags in one line."""
    for flag in flags:
        if flag.strip(_SPACES) != flag or not flag or "," in flag:
            raise ValueError(f"{flag!r} cannot be written as a flag")
    return write(head, Kind.FLAG, [", ".join(flags)] if flags else [], newline)


def write_previous(head: str, fields: Iterable[tuple[str, str | None]], mark: str, newline: str) -> str:
    """Return the head with its previous texts replaced; ``fields`` are in the order of an entry, None for no text."""
    written = {name: quote_field(name, text, mark, newline) for name, text in fields if text is not None}
    if written and "msgid" not in written:
        raise ValueError("a previous context or plural needs the previous msgid beside it")
    return _insert(head, Kind.PREVIOUS, _lines("".join(written.values())))


def write_origin(head: str, other: str, newline: str) -> str:
    """Return the head with the extracted comments and references of ``other``, in the lines they have there.

    Where both say the same the head stays as it is, however its references are broken into lines.
    """
    own, theirs = ([(line, *_parse(line)) for line in _lines(text)] for text in (head, other))
    if _origin(own) == _origin(theirs):
        return head
    taken = [line.rstrip("\r\n") + newline for line, kind, _ in theirs if kind in _ORIGIN]
    kept = [(line, kind) for line, kind, _ in own if kind not in _ORIGIN]
    place = next((index for index, (_, kind) in enumerate(kept) if kind > Kind.REFERENCE), len(kept))
    lines = [line for line, _ in kept]
    return "".join(lines[:place] + taken + lines[place:])


def _origin(rows: Sequence[tuple[str, Kind, str]]) -> tuple[list[str], list[str]]:
    extracted = [text for _, kind, text in rows if kind is Kind.EXTRACTED]
    return extracted, [word for _, kind, text in rows if kind is Kind.REFERENCE for word in text.split()]


def _lines(head: str) -> list[str]:
    return re.findall(r"[^\n]*\n", head)


def _parse(line: str) -> tuple[Kind, str]:
    bare = line.strip(_SPACES)
    if bare.startswith("#~"):  # an obsolete entry may have #~| and, from some tools, the mark before any other line
        bare = bare[2:].lstrip(_SPACES)
        bare = "#" + bare if bare.startswith("|") else bare
    if not bare:
        return Kind.BLANK, ""
    kind = _KINDS.get(bare[:2])
    if kind is not None:
        return kind, bare[2:].removeprefix(" ")
    text = bare[1:].removeprefix(" ")
    return (Kind.FACT if Fact.parse(text) else Kind.COMMENT), text


def _insert(head: str, kind: Kind, written: list[str]) -> str:
    """Put the written lines where those of their kind stood, else where the order of kinds has them."""
    lines = _lines(head)
    kinds = [_parse(line)[0] for line in lines]
    if kind in kinds:
        place = kinds.index(kind)
    else:
        place = next((index for index, found in enumerate(kinds) if found > kind), len(kinds))
    before, after = lines[:place], lines[place:]
    return "".join(before + written + [line for line in after if _parse(line)[0] is not kind])
