"""Where do the tags of an XML text lie, and how are characters written between and inside them?

A real parser (expat) first says that the text is well formed and declares no entity of its own. Such a text is cut into
its tags by no more than a regular expression (Cameron, "REX: XML shallow parsing with regular expressions", 1998), and
that gives the place of every attribute value, too.
"""

import re
from xml.parsers.expat import ExpatError, ParserCreate

from ..errors import DocumentError
from ..model import Span

__all__ = [
    "ENTITY",
    "TAG",
    "attribute_spans",
    "check_xml",
    "declared_namespaces",
    "decode_xml",
    "escape",
    "escape_attribute",
    "with_attribute",
]

TAG = re.compile(
    r"""<(?: (?P<end>/)? (?P<name>[^\s/>!?'"=]+) (?P<attributes>(?:[^>"'/]++|"[^"]*"|'[^']*'|/(?!>))*+) (?P<empty>/)? >
           | !\[CDATA\[ (?P<cdata>.*?) \]\]>
           | !--.*?--> | \?.*?\?>
           | !DOCTYPE (?:[^>"']++|"[^"]*"|'[^']*')*+ > )""",
    re.VERBOSE | re.DOTALL,
)
"""Regular expression of what stands between angle brackets in a well-formed text."""

ENTITY = re.compile(r"&(?:[#]\d+|[#]x[\dA-Fa-f]+|\w+);")
"""Regular expression of a character written as a reference."""

_ATTRIBUTE = re.compile(r"""(?P<name>[^\s=]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)""")
_NAMESPACE = re.compile(r"""\sxmlns(?::(?P<prefix>[^\s=]+))?\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode_xml(name: str, data: bytes) -> tuple[str, str, bytes]:
    """Return the text of an XML file, its Python encoding and its byte order mark (XML 1.0, appendix F).

    Raise :class:`DocumentError` where the bytes are not what the mark, the declaration, or UTF-8 promises.
    """
    mark, encoding = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))
    declared = _DECLARED.match(data)
    encoding = encoding or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        text = data[len(mark) :].decode(encoding)
        is_kept = encoding == "utf-8" or text.encode(encoding) == data[len(mark) :]
    except (UnicodeError, LookupError):
        is_kept = False
    if not is_kept:
        raise DocumentError(f"{name}: it is not valid {encoding}; save the document anew where it was made.")
    return text, encoding, mark


def check_xml(name: str, text: str) -> None:
    """Raise :class:`DocumentError` if ``text`` is not well formed, or declares entities or anything else by itself.

    The name of a document type is allowed, and never followed.
    """
    parser = ParserCreate()

    def refuse(_name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:
            raise DocumentError(f"{name}: it declares entities of its own, which no document needs; save it anew.")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except ExpatError as error:
        raise DocumentError(f"{name}: this is not well-formed XML ({error}); save the document anew.") from error


def declared_namespaces(attributes: str) -> dict[str, str]:
    """Return the namespaces that the attributes of a tag declare, by prefix; that of no prefix by an empty one.

    >>> declared_namespaces(' xmlns="urn:a" xmlns:b="urn:b" id="c"')
    {'': 'urn:a', 'b': 'urn:b'}
    """
    found = _NAMESPACE.finditer(attributes)
    return {each["prefix"] or "": each["double"] or each["single"] or "" for each in found}


def attribute_spans(text: str, tag: Span) -> dict[str, Span]:
    """Return where the values of a tag's attributes lie, by their names as written; quotes are left out.

    >>> attribute_spans('<img alt="A gull"/>', Span(0, 19))
    {'alt': Span(start=10, end=16)}
    """
    spans = {}
    name_end = re.compile(r"[^\s/>]*").match(text, tag.start)
    for found in _ATTRIBUTE.finditer(text, name_end.end() if name_end else tag.start, tag.end):
        group = "double" if found["double"] is not None else "single"
        spans[found["name"]] = Span(found.start(group), found.end(group))
    return spans


def escape(words: str) -> str:
    """Return ``words`` as they are written between tags. Raise :class:`DocumentError` for what XML cannot hold."""
    if found := _NOT_XML.search(words):
        raise DocumentError(f"a translation holds {found[0]!a}, which no XML document can hold; take it out.")
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(words: str) -> str:
    """Return ``words`` as they are written in an attribute, whatever its quotes."""
    return escape(words).replace('"', "&quot;").replace("'", "&apos;")


def with_attribute(markup: str, name: str, value: str) -> str:
    """Return markup that begins with a tag, with an attribute of that tag set.

    >>> with_attribute("<w:t>rain</w:t>", "xml:space", "preserve")
    '<w:t xml:space="preserve">rain</w:t>'
    """
    tag = TAG.match(markup)
    if tag is None:
        return markup
    if span := attribute_spans(markup, Span(*tag.span())).get(name):
        return f"{markup[: span.start]}{escape_attribute(value)}{markup[span.end :]}"
    place = tag.end() - (2 if tag["empty"] else 1)
    return f'{markup[:place]} {name}="{escape_attribute(value)}"{markup[place:]}'
