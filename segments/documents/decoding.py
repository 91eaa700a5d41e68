"""What characters do these bytes stand for? A byte order mark tells, else UTF-8, else an older encoding if one fits."""

import codecs
from collections.abc import Callable

from charset_normalizer import CharsetMatch, from_bytes

from ..errors import DocumentError
from .model import Document, Part, Unit

__all__ = ["check_text", "decode", "read_text"]

# UTF-32 LE begins like UTF-16 LE, so it comes first.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = {
    b"PK\x03\x04": "a ZIP file or an office document",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
_CODE_PAGES = {
    ("cp1252",): "af ca da de en es eu fi fr ga gl id is it ms nb nl nn no pt sv sw",
    ("cp1250", "iso8859_2"): "bs cs hr hu pl ro sk sl sq",
    ("cp1251", "koi8_r", "cp866"): "be bg kk ky mk mn ru sr tg tt",
    ("cp1251", "koi8_u"): "uk",
    ("cp1254", "cp1251"): "az",
    ("cp1254",): "tr",
    ("cp1253",): "el",
    ("cp1255",): "he yi",
    ("cp1256",): "ar fa ur",
    ("cp1257",): "et lt lv",
    ("cp1258",): "vi",
    ("cp874",): "th",
    ("cp932", "euc_jp"): "ja",
    ("cp949",): "ko",
    ("gb18030", "big5"): "yue zh",
}
_LANGUAGE_PAGES = {language: pages for pages, languages in _CODE_PAGES.items() for language in languages.split()}


def read_text(
    name: str,
    form: str,
    data: bytes,
    language: str | None,
    find_units: Callable[[str], tuple[list[Unit], int]],
    declared: str = "",
) -> Document:
    """Read a document that is one text; ``find_units`` gives its units and the letters that it does not reach."""
    part = decode(name, data, language, declared)
    units, unreached = find_units(part.text)
    return Document(name, form, (part,), tuple(units), unreached)


def decode(name: str, data: bytes, language: str | None = None, declared: str = "") -> Part:
    """Return the text with its Python encoding and its byte order mark; ``mark + text.encode(encoding)`` is ``data``.

    ``declared`` is the encoding that the document itself names, if any. ``language``, a BCP 47 tag, narrows an older
    encoding down to those its texts were written in. Raise :class:`DocumentError` for a binary file and where the
    encoding is not sure.
    """
    check_text(name, data)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding, mark)
    if b"\0" in data:
        raise DocumentError(f"{name}: this is a binary file, not text; save it as plain text and add that file.")
    if _is_known(declared):
        return _strictly(name, data, declared, b"")
    try:
        return Part(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _strictly(name, data, _older_encoding(name, data, language), b"")


def check_text(name: str, data: bytes) -> None:
    """Refuse by name what is well known and no text.

    Raise :class:`DocumentError` if it is.
    """
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise DocumentError(f"{name}: this is {what}, not text; save it as plain text and add that file.")


def _is_known(encoding: str) -> bool:
    """Tell whether Python knows a text encoding of this name; UTF-16 without a byte order mark is none."""
    try:
        return codecs.lookup(encoding).name not in ("utf-16", "utf-32") and "a".encode(encoding) == b"a"
    except (LookupError, UnicodeError, ValueError):
        return False


def _strictly(name: str, data: bytes, encoding: str, mark: bytes) -> Part:
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        raise DocumentError(f"{name}: byte {place} is not valid {encoding}; convert the document to UTF-8.") from error
    if text.encode(encoding) != data[len(mark) :]:
        # Some East Asian encodings write one character in two ways; which one stood here would be lost.
        raise DocumentError(f"{name}: {encoding} cannot be kept byte for byte here; convert the document to UTF-8.")
    return Part(text, encoding, mark)


def _older_encoding(name: str, data: bytes, language: str | None) -> str:
    pages = _LANGUAGE_PAGES.get((language or "").replace("_", "-").split("-")[0].lower(), ())
    matches = list(from_bytes(data, cp_isolation=list(pages) or None, enable_fallback=False))
    if matches and (pages or _outright(matches)):
        return matches[0].encoding
    raise DocumentError(f"{name}: this is not UTF-8, and its encoding is not sure; convert the document to UTF-8.")


def _outright(matches: list[CharsetMatch]) -> bool:
    """Tell whether the best match reads like a language and no other text does nearly as well."""
    best, text = matches[0], str(matches[0])
    rivals = [match.coherence for match in matches[1:] if str(match) != text]
    return best.coherence >= 0.4 and max(rivals, default=0.0) < 0.85 * best.coherence
