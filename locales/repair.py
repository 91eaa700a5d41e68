"""Make a catalog of a text that is none: every change is reported, and no translation is lost.

Entries that can be read keep their bytes. Of the others each line is understood as far as it goes; what cannot be
understood stays as a translator comment, and of two translations of one text both are kept as a draft.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .broken import Line, mend
from .catalog import new_catalog
from .entry import Entry
from .errors import CatalogError, Finding
from .plurals import nplurals
from .po import declared_encoding, parse_catalog
from .syntax import ENTRY, TAIL, Blocks, quote_field, unquote

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNFIT = re.compile("[\0\4]")
_CHARSET = re.compile(r"charset=[^\s;\\]*")
_SIDES = {"<<<<<<<": "ours", "|||||||": "base", "=======": "theirs", ">>>>>>>": ""}
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_HEADER = (None, "")

Piece = Entry | str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A catalog that can be read, and every change with the line of the original it was made in (1-based)."""

    data: bytes
    changes: tuple[Finding, ...]


def repair_catalog(
    data: bytes, name: str = "<catalog>", *, charset: str | None = None, language: str | None = None
) -> Repaired:
    """Return a catalog that `parse_catalog` reads; one that it reads already comes back byte for byte.

    Where a ``language`` is given, a missing header alone is a reason to repair.

    Args:
        data: the file.
        name: what it is called in messages.
        charset: of the bytes that are no text in the charset of the header; the result is UTF-8 then.
        language: BCP 47 tag for the header, where that is missing.

    Raises:
        CatalogError: it cannot be repaired without being told the charset, or at all.
    """
    if _is_sound(data, name, header=language is not None):
        return Repaired(data, ())
    changes: list[Finding] = []
    bom, text, encoding = _decode(data, name, charset, changes)
    newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    ours, theirs = _sides(text, changes)
    pieces = _pieces(ours, encoding, changes)
    if ours != theirs:
        pieces = _join_sides(pieces, _pieces(theirs, encoding, []))
    pieces = _without_duplicates(pieces, changes)
    pieces = _with_header(pieces, encoding, language, changes)
    pieces = _with_all_forms(pieces, changes)
    written = re.sub(r"(?<!\r)\n", newline, "".join(_separated(pieces)))
    repaired = bom + written.encode(encoding)
    parse_catalog(repaired, name)
    return Repaired(repaired, tuple(sorted(changes, key=lambda change: change.line)))


def _decode(data: bytes, name: str, charset: str | None, changes: list[Finding]) -> tuple[bytes, str, str]:
    """Return the byte order mark, the text, and the charset in which it can be written."""
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", "replace").encode()
        changes.append(Finding(1, "", "the file is converted from UTF-16 to UTF-8"))
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
        changes.append(Finding(1, "", "lines end in LF, not in CR"))
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data.removeprefix(bom)
    try:
        encoding = declared_encoding(body, name)
        text = body.decode(encoding)
    except (CatalogError, UnicodeDecodeError) as error:
        if charset is None:
            raise _without_charset(error, body, name) from None
        encoding, text = "utf-8", "".join(_decode_lines(body, error, charset, changes))
        text = _CHARSET.sub("charset=UTF-8", text, count=1)
    return bom, _without_controls(text, changes), encoding


def _without_charset(error: CatalogError | UnicodeDecodeError, body: bytes, name: str) -> CatalogError:
    if isinstance(error, CatalogError):
        return CatalogError(name, error.line, f"{error.problem}, or name its charset with --charset", error.msgid)
    line = body.count(b"\n", 0, error.start) + 1
    problem = f"the byte 0x{body[error.start]:02X} is no text in {error.encoding}; name its charset with --charset"
    return CatalogError(name, line, problem)


def _is_sound(data: bytes, name: str, *, header: bool) -> bool:
    """Tell whether a catalog can be read as it is and, if asked, has a header."""
    try:
        return parse_catalog(data, name).header_entry is not None or not header
    except CatalogError:
        return False


def _decode_lines(
    body: bytes, error: CatalogError | UnicodeDecodeError, charset: str, changes: list[Finding]
) -> Iterator[str]:
    """Decode each line in the charset of the header where that is known and fits, else in the one that was named."""
    declared = error.encoding if isinstance(error, UnicodeDecodeError) else charset
    for number, line in enumerate(body.splitlines(keepends=True), 1):
        try:
            yield line.decode(declared)
        except UnicodeDecodeError:
            yield line.decode(charset, "backslashreplace")
            changes.append(Finding(number, "", f"the line is read in {charset}"))


def _without_controls(text: str, changes: list[Finding]) -> str:
    for found in _UNFIT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        changes.append(Finding(line, "", f"the control character U+{ord(found[0]):04X} is taken out"))
    return _UNFIT.sub("", text)


def _sides(text: str, changes: list[Finding]) -> tuple[list[Line], list[Line]]:
    """Return the lines of both sides of the conflicts that a merge left; the same twice where there is none."""
    ours: list[Line] = []
    theirs: list[Line] = []
    side = ""
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        mark = _CONFLICT.match(line)
        if mark and (side or mark[1] == "<<<<<<<"):
            side = _SIDES[mark[1]]
            if side == "ours":
                changes.append(Finding(number, "", "the conflict is resolved: what differs is kept twice, as a draft"))
            continue
        if side in ("", "ours"):
            ours.append((number, line))
        if side in ("", "theirs"):
            theirs.append((number, line))
    return ours, theirs


def _pieces(lines: Sequence[Line], encoding: str, changes: list[Finding]) -> list[Piece]:
    """Return the entries of these lines, broken ones mended, and the comments between them."""
    pieces: list[Piece] = []
    while lines:
        text = "".join(f"{line}\n" for _, line in lines)
        sound, rest = _sound(text, lines, encoding)
        pieces += sound
        lines = lines[len(lines) - rest.count("\n") :]
        if TAIL.fullmatch(rest):
            return [*pieces, rest]
        count = _paragraph([line for _, line in lines])
        mended, made = mend(lines[:count], encoding)
        entries, comments = _sound(mended, [(lines[0][0], "")] * (mended.count("\n") + 1), encoding)
        pieces += [*entries, comments] if TAIL.fullmatch(comments) else [_as_comments(mended)]
        changes += made
        lines = lines[count:]
    return pieces


def _sound(text: str, lines: Sequence[Line], encoding: str) -> tuple[list[Piece], str]:
    """Return the entries that a text begins with, and the rest of it."""
    entries: list[Piece] = []
    start = place = 0
    for found in ENTRY.finditer(text):
        head, mark, context, msgid, plural, translation, rest = found.groups(default="")
        blocks = Blocks(head, context, msgid, plural, translation)
        try:
            key = (unquote(context, encoding) if context else None, unquote(msgid, encoding))
            entry = Entry(blocks, key, bool(mark), lines[place + head.count("\n")][0], encoding)
            entry.fields()
        except (ValueError, IndexError):
            break
        if rest:
            break
        entries.append(entry)
        start = found.end()
        place += found[0].count("\n")
    return entries, text[start:]


def _paragraph(lines: Sequence[str]) -> int:
    """Return how many lines the first paragraph has, with the blank lines before it."""
    blank = [not line.strip() for line in lines]
    begin = blank.index(False)
    return blank.index(True, begin) if True in blank[begin:] else len(lines)


def _as_comments(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def _join_sides(ours: Sequence[Piece], theirs: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of both sides: what theirs alone has stands after the piece before it."""
    places = {piece.key: place for place, piece in enumerate(ours) if isinstance(piece, Entry)}
    texts = {piece.raw.strip() if isinstance(piece, Entry) else piece.strip() for piece in ours}
    after: dict[int, list[Piece]] = {}
    place = -1
    for piece in theirs:
        if isinstance(piece, Entry):
            place = places.get(piece.key, place)
        if (piece.raw if isinstance(piece, Entry) else piece).strip() not in texts:
            after.setdefault(place, []).append(piece)
    joined = list(after.get(-1, []))
    for place, piece in enumerate(ours):
        joined += [piece, *after.get(place, [])]
    return joined


def _without_duplicates(pieces: Sequence[Piece], changes: list[Finding]) -> list[Piece]:
    first: dict[tuple[str | None, str], int] = {}
    kept: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Entry):
            kept.append(piece)
        elif piece.key not in first:
            first[piece.key] = len(kept)
            kept.append(piece)
        else:
            place = first[piece.key]
            other = kept[place]
            assert isinstance(other, Entry)
            kept[place] = _later_header(other, piece) if piece.key == _HEADER else _both(other, piece)
            changes.append(Finding(piece.line, piece.msgid, f"joined to the same entry in line {other.line}"))
    return kept


def _later_header(one: Entry, other: Entry) -> Entry:
    dates = [re.search(r"^PO-Revision-Date:(.*)", entry.msgstr, re.MULTILINE) for entry in (one, other)]
    texts = [found[1].strip() if found else "" for found in dates]
    return other if texts[1] > texts[0] else one


def _both(one: Entry, other: Entry) -> Entry:
    """Return an entry with the translations of both; where they differ it is a draft, and both texts are in it."""
    if one.obsolete and not other.obsolete:
        one, other = other, one
    forms = [_both_texts(*pair) for pair in zip_longest(one.forms(), other.forms(), fillvalue="")]
    plural = one.msgid_plural if one.msgid_plural is not None else other.msgid_plural
    differs = forms not in (one.forms(), other.forms())
    fuzzy = differs or "fuzzy" in one.flags or "fuzzy" in other.flags
    flags = [flag for flag in (*one.flags, *other.flags) if flag != "fuzzy"]
    comments = [*one.comments, *other.comments, *(["two translations of this text stood here"] if differs else [])]
    comments += _lost_sources(one, other)
    return one.replace(
        msgid_plural=plural,
        msgstr=forms[0],
        msgstr_plural={} if plural is None else dict(enumerate(forms)),
        flags=(*(["fuzzy"] if fuzzy else []), *dict.fromkeys(flags)),
        comments=tuple(dict.fromkeys(comments)),
        references=tuple(dict.fromkeys((*one.references, *other.references))),
    )


def _lost_sources(one: Entry, other: Entry) -> list[str]:
    """Return comments with the texts beside the translation that only the other entry has."""
    names = ("msgid_plural", "previous_msgctxt", "previous_msgid", "previous_msgid_plural")
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
    plain = [pair for pair in pairs if pair[0] != "msgid_plural" or pair[1] is not None]
    lost = [(name, text) for name, mine, text in plain if text is not None and text != mine]
    return [quote_field(name, text.replace("\n", "\\n"), "", "") for name, text in lost]


def _both_texts(one: str, other: str) -> str:
    """Return the two texts in one, in a fixed order; one of them where they are equal or the other is empty."""
    texts = sorted({one, other} - {""})
    return "".join(text if text.endswith("\n") else text + "\n" for text in texts[:-1]) + (texts[-1] if texts else "")


def _with_header(pieces: Sequence[Piece], encoding: str, language: str | None, changes: list[Finding]) -> list[Piece]:
    content = f"text/plain; charset={encoding.upper()}"
    header = next((piece for piece in pieces if isinstance(piece, Entry) and piece.key == _HEADER), None)
    if header is None:
        made = new_catalog(language or "und", template=language is None, header={"Content-Type": content}).header_entry
        assert made is not None
        changes.append(Finding(1, "", "the header is added"))
        return [made.replace(flags=()), *pieces]
    if _CHARSET.search(header.msgstr):
        return list(pieces)
    changes.append(Finding(header.line, "", f"the header gets its charset, {encoding.upper()}"))
    text = header.msgstr if header.msgstr.endswith("\n") or not header.msgstr else header.msgstr + "\n"
    text = re.sub(r"^Content-Type:[^\n]*\n", "", text, flags=re.MULTILINE)
    named = header.replace(msgstr=f"{text}Content-Type: {content}\n")
    return [named if piece is header else piece for piece in pieces]


def _with_all_forms(pieces: Iterable[Piece], changes: list[Finding]) -> list[Piece]:
    """Return the entries with as many forms as the header says; what is too much is kept in a comment."""
    header = next(piece for piece in pieces if isinstance(piece, Entry) and piece.key == _HEADER)
    rule = re.search(r"^Plural-Forms:(.*)", header.msgstr, re.MULTILINE)
    wanted = nplurals(rule[1]) if rule else None
    done: list[Piece] = []
    for piece in pieces:
        if wanted and isinstance(piece, Entry) and piece.msgid_plural is not None and not piece.obsolete:
            forms = piece.forms()
            if len(forms) != wanted:
                what = f"the entry has {len(forms)} forms, Plural-Forms has {wanted}: "
                what += "empty ones are added" if len(forms) < wanted else "the others become comments"
                changes.append(Finding(piece.line, piece.msgid, what))
                piece = _with_forms(piece, forms, wanted)
        done.append(piece)
    return done


def _with_forms(entry: Entry, forms: Sequence[str], wanted: int) -> Entry:
    kept = [*forms[:wanted], *[""] * (wanted - len(forms))]
    more = [(index, form) for index, form in enumerate(forms) if index >= wanted and form]
    comments = [quote_field(f"msgstr[{index}]", form.replace("\n", "\\n"), "", "") for index, form in more]
    flags = ("fuzzy", *entry.flags) if any(forms) and "fuzzy" not in entry.flags else entry.flags
    plural = dict(enumerate(kept))
    return entry.replace(msgstr_plural=plural, flags=flags, comments=(*entry.comments, *comments))


def _separated(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield the text of each piece, an entry with a blank line before it."""
    before: Piece = "\n"
    for piece in pieces:
        text = piece.raw if isinstance(piece, Entry) else piece
        if isinstance(piece, Entry) and isinstance(before, Entry) and text.partition("\n")[0].strip():
            yield "\n"
        yield text
        before = piece if text else before
