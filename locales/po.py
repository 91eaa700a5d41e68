"""Read a PO or POT file without loss: what was read is written back byte for byte, what is wrong is refused.

The whole text goes through one pattern, an entry a match, whose parts are kept as they are written; a text the pattern
does not take is looked at again, slowly, for its first mistake. Speed and strictness therefore do not meet.
"""

import codecs
import os
import re
from pathlib import Path

from .catalog import Catalog
from .diagnosis import find_mistake
from .entry import Entry
from .errors import CatalogError
from .head import read_previous
from .plurals import nplurals
from .syntax import BYTE_ESCAPE, ENTRY, TAIL, Blocks, unquote

#: No line of a catalog is longer, in bytes: what is, is no catalog, and no editor or diff could show it.
LONGEST_LINE = 1 << 24

_HEADER = re.compile(rb'^[ \t]*msgid\s*""[ \t\r]*\n\s*msgstr\s*((?:"(?:[^"\\\n]|\\.)*+"\s*+)+)', re.MULTILINE)
_CHARSET = re.compile(rb"charset=([^\s;\\]+)")
_UNFIT_BYTES = {
    b"\0": "this is a NUL byte, so the file is UTF-16 or no text; save it as UTF-8",
    b"\4": "this is the control character EOT, which ends a context in MO files; delete it",
}
_PRINTABLE = "".join(map(chr, range(32, 127)))


def read_catalog(path: str | os.PathLike[str]) -> Catalog:
    """Read a PO or POT file; raises OSError, and `CatalogError` for what is not a catalog."""
    return _read(Path(path).read_bytes(), str(path), Path(path))


def parse_catalog(data: bytes, name: str = "<catalog>") -> Catalog:
    """Read a catalog from memory; ``name`` stands in messages. Raises `CatalogError` for what is not a catalog."""
    return _read(data, name, None)


def _read(data: bytes, name: str, path: Path | None) -> Catalog:
    _refuse_binary(data, name)
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data.removeprefix(bom)
    encoding = declared_encoding(body, name)
    text = _decode(body, encoding, name)
    entries, tail = _parse(text, encoding, name)
    if not TAIL.fullmatch(tail):
        raise _mistake(text, entries, tail, name)
    if len({entry.key for entry in entries}) < len(entries):
        raise _duplicate(entries, name)
    newline = "\r\n" if text[: text.find("\n")].endswith("\r") else "\n"
    catalog = Catalog(entries, path=path, encoding=encoding, newline=newline, tail=tail, data=data, bom=bom)
    _refuse_wrong_forms(catalog, name)
    return catalog


def _parse(text: str, encoding: str, name: str) -> tuple[list[Entry], str]:
    """Return the entries, the header among them, and the text after the last of them."""
    escapes = BYTE_ESCAPE.search(text) is not None
    entries: list[Entry] = []
    tail = ""
    line = 1
    for head, mark, context, msgid, plural, translation, rest in ENTRY.findall(text):
        if rest:
            tail = rest
            break
        start = line + head.count("\n")
        blocks = Blocks(head, context, msgid, plural, translation)
        key: tuple[str | None, str] = (None, "")
        try:
            key = (unquote(context, encoding) if context else None, unquote(msgid, encoding))
            entry = Entry(blocks, key, bool(mark), start, encoding)
            if escapes:
                entry.fields()
            if "|" in head:
                read_previous(head, encoding)
        except ValueError as error:
            raise CatalogError(name, start, str(error), key[1]) from None
        entries.append(entry)
        line = start + context.count("\n") + msgid.count("\n") + plural.count("\n") + translation.count("\n")
    return entries, tail


def _mistake(text: str, entries: list[Entry], tail: str, name: str) -> CatalogError:
    """Return the error for a text whose ``tail`` is no entry; what is wrong may show only beside the last entry."""
    before = entries[-1].raw if entries else ""
    line = text.count("\n", 0, len(text) - len(tail) - len(before)) + 1
    mistake = find_mistake(before + tail)
    return CatalogError(name, line + mistake.line, mistake.problem, mistake.msgid)


def _refuse_binary(data: bytes, name: str) -> None:
    for byte, remedy in _UNFIT_BYTES.items():
        place = data.find(byte)
        if place >= 0:
            raise CatalogError(name, data.count(b"\n", 0, place) + 1, remedy)
    if b"\r" in data and b"\n" not in data:
        raise CatalogError(name, 1, "the lines end in CR alone; save the file with LF or CR LF")
    start = 0
    while len(data) - start > LONGEST_LINE:
        # From the start of a line the last end of line within reach is jumped to, so that every byte is seen once.
        end = data.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            line = data.count(b"\n", 0, start) + 1
            raise CatalogError(name, line, f"the line is longer than {LONGEST_LINE:,} bytes; cut its text in strings")
        start = end + 1


def declared_encoding(data: bytes, name: str) -> str:
    """Return Python's name of the charset in the header; UTF-8 where there is none or its place is still empty."""
    header = _HEADER.search(data)
    charset = _CHARSET.search(re.sub(rb'"\s*"', b"", header[1])) if header else None
    if header is None or charset is None or charset[1] in (b"CHARSET", b'"'):
        return "utf-8"
    line = data.count(b"\n", 0, header.start()) + 1
    written = charset[1].decode("ascii", "replace").rstrip('"')
    try:
        encoding = codecs.lookup(written).name
        if _PRINTABLE.encode(encoding) != _PRINTABLE.encode("ascii"):
            raise LookupError
    except (LookupError, UnicodeError):
        raise CatalogError(
            name, line, f"the charset {written!r} cannot be read; convert the file to UTF-8", ""
        ) from None
    return encoding


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise CatalogError(
            name, line, f"the byte 0x{byte:02X} is no text in {encoding}; correct the charset of the header or the byte"
        ) from None
    # UTF-8 has one way to write a text. Where a charset has several, the same bytes would not come back.
    if encoding != "utf-8" and text.encode(encoding) != data:
        raise CatalogError(name, 1, f"the text has several forms in {encoding}; convert the file to UTF-8")
    return text


def _duplicate(entries: list[Entry], name: str) -> CatalogError:
    first: dict[tuple[str | None, str], Entry] = {}
    second = next(entry for entry in entries if first.setdefault(entry.key, entry) is not entry)
    line = first[second.key].line
    problem = f"this entry stands in line {line} too; keep one of the two, or tell them apart by their msgctxt"
    return CatalogError(name, second.line, problem, second.msgid)


def _refuse_wrong_forms(catalog: Catalog, name: str) -> None:
    wanted = nplurals(catalog.header.get("Plural-Forms", ""))
    for entry in catalog:
        if entry.msgid_plural is None:
            continue
        try:
            count = len(entry.forms())
        except ValueError as error:
            raise CatalogError(name, entry.line, str(error), entry.msgid) from None
        # As for msgfmt, what is no finished translation may have forms of another language's template.
        if wanted and count != wanted and not entry.obsolete and entry.msgstr and "fuzzy" not in entry.flags:
            problem = f"the entry has {count} forms where Plural-Forms has {wanted}; correct one of the two"
            raise CatalogError(name, entry.line, problem, entry.msgid)
