"""How is a DOCX read and written? Every paragraph of every part, and the descriptions of its drawings (ECMA-376-1).

Neighbouring runs that look alike are one text. Tabs, breaks, notes, drawings and computed numbers are placeholders.
What a tracked deletion took away, the codes of fields, and embedded objects are not translated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby

from ..errors import DocumentError
from ..model import Span
from .archive import Archive, is_archive, open_archive
from .direction import direction
from .docx_language import Setting
from .model import Document, Part, Unit
from .office_runs import fill_runs, text_looks
from .packages import in_order, kept_tags, read_part, unit_changes, write_parts
from .xml_nodes import attribute_unit, stretch_unit
from .xml_syntax import decode_xml, escape, escape_attribute
from .xml_units import Role, Stretch, Vocabulary, Words, find_stretches
from .xml_writing import Change, Edit, fill_flow, set_text

__all__ = ["EXTENSIONS", "KEEPS", "NAME", "read", "sniff", "structure", "write"]

NAME = "docx"
EXTENSIONS = (".docx", ".docm", ".dotx", ".dotm")
KEEPS = "styles, tables, pictures, notes, comments, text boxes, charts, fields and tracked changes; every other part"

_TYPES = "[Content_Types].xml"
_OOXML, _STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
_MICROSOFT = "http://schemas.microsoft.com/office"
_NAMESPACES = {
    f"{_OOXML}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OOXML}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
    # Wherever a drawing has its properties, their names are the same.
    f"{_OOXML}/drawingml/2006/wordprocessingDrawing": "d",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "d",
    f"{_OOXML}/drawingml/2006/picture": "d",
    f"{_STRICT}/drawingml/picture": "d",
    f"{_OOXML}/drawingml/2006/chartDrawing": "d",
    f"{_STRICT}/drawingml/chartDrawing": "d",
    f"{_MICROSOFT}/drawing/2008/diagram": "d",
    f"{_MICROSOFT}/word/2010/wordprocessingShape": "d",
    f"{_MICROSOFT}/word/2010/wordprocessingGroup": "d",
    f"{_MICROSOFT}/word/2010/wordprocessingCanvas": "d",
}
_ROLES = {
    Role.UNIT: "w:p a:p",
    Role.RUN: "w:r a:r",
    Role.LOOK: "w:rPr a:rPr",
    Role.TEXT: "w:t a:t",
    Role.PAIR: "w:hyperlink w:ins w:moveFrom w:moveTo w:smartTag w:sdt w:sdtContent w:customXml w:dir w:bdo",
    Role.COMPUTED: "w:fldSimple",
    Role.HEAD: "w:pPr a:pPr w:sdtPr w:sdtEndPr w:smartTagPr w:customXmlPr",
    Role.GHOST: "w:proofErr w:lastRenderedPageBreak",
}
_SHAPES = ("arc", "curve", "group", "image", "line", "oval", "polyline", "rect", "roundrect", "shape")
_SEEN = {
    "d:docPr": frozenset({"descr", "title"}),
    "d:cNvPr": frozenset({"descr", "title"}),
    "v:textpath": frozenset({"string"}),
    "w:hyperlink": frozenset({"tooltip"}),
    "w:tblCaption": frozenset({"val"}),
    "w:tblDescription": frozenset({"val"}),
    **{f"v:{shape}": frozenset({"alt", "title"}) for shape in _SHAPES},
}
_HOLDS_TEXT = re.compile(r"[<:]t[\s>]|\s(?:alt|descr|string|title)=|:tbl(?:Caption|Description)\s")
_FIELD = re.compile(r"""fldChar\s[^>]*fldCharType=["'](begin|separate|end)""")
_HEADING = re.compile(
    r"""<w:style\s[^>]*?w:styleId="([^"]+)"[^>]*>\s*<w:name\sw:val="(?:heading\s\d|Title|Subtitle)\"""", re.IGNORECASE
)
# What differs between runs that look alike: the language, spelling, the direction, and when they were typed.
_UNSEEN = re.compile(
    r"""<[\w.-]*:?(?:lang|noProof|rtl)(?:\s[^>]*)?/>
      | \s(?:[\w.-]+:)?(?:rsid\w*|hint|lang|altLang|dirty|err|smtClean)="[^"]*\"""",
    re.VERBOSE,
)
_CODES = re.compile(r"<[\w.-]*:?instrText[\s>]")
_EMBEDDED = re.compile(r"/embeddings/.|/afchunk[^/]*$", re.IGNORECASE)
_WITHOUT_TEXT = re.compile(
    r"^(?:customXml|docProps)/|/(?:fontTable|numbering|settings|styles|stylesWithEffects|webSettings|theme\d*)\.xml$"
)
_STYLE = re.compile(r"""<[\w.-]*:?pStyle\s[^>]*val=["']([^"']*)""")
_NUMBERED = re.compile(r"<[\w.-]*:?numPr[\s/>]")
_KINDS = {"w:tc": "cell", "a:tc": "cell", "w:footnote": "footnote", "w:endnote": "footnote", "w:txbxContent": "para"}
_SYNTAXES = {"w:p": "docx-run", "a:p": "drawing-run"}
_PREFIX = re.compile(r"<((?:[\w.-]+:)?)")
_MIRRORED = re.compile(r"<[\w.-]*:?(?:bidi|rtl)[\s/>]|\srtl=")
# What a translation makes anew, and so is no part of what it has to leave as it was.
_LOOKS = re.compile(r"<((?:[\w.-]+:)?rPr)(?:\s[^>]*)?(?:/>|>.*?</\1>(?:\s*</[\w.-]*:?rPrChange>\s*</\1>)?)", re.DOTALL)
_REMADE = frozenset({"r", "t", "pPr", "proofErr", "lastRenderedPageBreak", "bidi", "bidiVisual"})
_SEEN_VALUE = re.compile(r"""\s(?:[\w.-]+:)?(?:alt|descr|string|title|tooltip|rtl)=(?:"[^"]*"|'[^']*')""")


def _field(tag: str) -> str:
    found = _FIELD.search(tag)
    return found[1] if found else ""


_VOCABULARY = Vocabulary(
    _NAMESPACES, {name: role for role, names in _ROLES.items() for name in names.split()}, _SEEN, field=_field
)


def sniff(name: str, head: bytes) -> float:
    """Return 1 for what begins as such archives do, less for a name alone."""
    if is_archive(head) and b"word/" in head:
        return 1.0
    return 0.9 if name.lower().endswith(EXTENSIONS) else 0.0


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read a document; ``language`` is of no use here.

    Raise :class:`DocumentError` for an archive that cannot be trusted or holds something else, and for parts that are
    not well formed.
    """
    archive = open_archive(name, data)
    if _TYPES not in archive.members or b"wordprocessingml" not in archive.read(_TYPES):
        raise DocumentError(f"{name}: this archive holds no Word document; give it the name ending of what it holds.")
    members = [member for member in archive.members if member.endswith(".xml") and not _WITHOUT_TEXT.search(member)]
    parts = [part for part in (read_part(archive, member) for member in members) if _HOLDS_TEXT.search(part.text)]
    headings = _headings(archive)
    units = [unit for number, part in enumerate(parts) for unit in in_order(number, _units(name, part, headings))]
    return Document(name, NAME, tuple(parts), tuple(units), archive=data, aside=tuple(_aside(archive, parts)))


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Return the document with ``targets``, unit index to text; what is translated tells its language and direction."""
    archive = open_archive(document.name, document.archive)
    translated = [document.units[index] for index, target in targets.items() if target != document.units[index].text]
    mirrored = bool(translated) and any(map(_MIRRORED.search, _styles(archive)))
    setting = Setting(language, explicit=mirrored and direction(language) == "ltr")
    changes = unit_changes(document, targets, partial(_fill, setting))
    for number, part in enumerate(document.parts):
        extents = {unit.extent for unit in translated if unit.part == number}
        if extents and (mirrored or direction(language) == "rtl" or _MIRRORED.search(part.text)):
            changes[number] += _direction_changes(document.name, part, extents, setting)
    return write_parts(archive, document, changes)


def structure(document: Document) -> Sequence[object]:
    """Return the tags of all parts, in order, but for runs, and how the words of each unit look."""
    tags = (tag for part in document.parts for tag in kept_tags(_LOOKS.sub("", part.text), _REMADE, _SEEN_VALUE))
    return [*tags, *((unit.kind, _looks(unit)) for unit in document.units)]


def _aside(archive: Archive, parts: Sequence[Part]) -> Iterator[str]:
    """Yield what is not read in which part: the codes of fields, embedded objects, documents in other formats."""
    for part in parts:
        if codes := len(_CODES.findall(part.text)):
            yield f"{part.name}: {codes} pieces of field codes"
    yield from (f"{member}: embedded" for member in archive.members if _EMBEDDED.search(member))


def _units(name: str, part: Part, headings: frozenset[str]) -> Iterator[Unit]:
    for found in find_stretches(f"{name}: {part.name}", part.text, _VOCABULARY):
        unit = attribute_unit(part.text, found) if isinstance(found, Words) else _unit(part.text, found, headings)
        if unit:
            yield unit


def _unit(text: str, stretch: Stretch, headings: frozenset[str] = frozenset()) -> Unit | None:
    syntax = _SYNTAXES.get(stretch.path[-1], "xml")
    return stretch_unit(text, stretch, _kind(stretch, headings), syntax, _look)


def _kind(stretch: Stretch, headings: frozenset[str]) -> str:
    style = _STYLE.search(stretch.head)
    if style and style[1] in headings:
        return "heading"
    around = next((_KINDS[name] for name in reversed(stretch.path) if name in _KINDS), "para")
    return "item" if around == "para" and _NUMBERED.search(stretch.head) else around


def _looks(unit: Unit) -> list[str]:
    return [look for look, _ in groupby(map(_look, text_looks(unit)))]


@lru_cache(maxsize=4096)
def _look(properties: str) -> str:
    return _UNSEEN.sub("", properties).replace("<w:rPr></w:rPr>", "").replace("<a:rPr/>", "")


def _fill(setting: Setting, unit: Unit, target: str, inner: Sequence[Edit]) -> str:
    if unit.syntax == "docx-run":
        return fill_runs(unit, target, inner, setting.run, ' xml:space="preserve"')
    if unit.syntax == "drawing-run":
        return fill_runs(unit, target, inner, setting.drawing_run)
    return fill_flow(unit, target, inner, escape_attribute if unit.syntax == "xml-attribute" else escape)


def _direction_changes(name: str, part: Part, extents: set[Span], setting: Setting) -> Iterator[Change]:
    """Yield what makes the paragraphs of the units at ``extents``, and all tables, run as they should."""
    for found in find_stretches(name, part.text, _VOCABULARY):
        unit = None if isinstance(found, Words) else _unit(part.text, found)
        if unit is None or isinstance(found, Words) or unit.extent not in extents or found.path[-1] not in _SYNTAXES:
            continue
        prefix = _PREFIX.match(part.text, part.text.rindex("<", 0, found.start))
        write = setting.paragraph if unit.syntax == "docx-run" else setting.drawing_paragraph
        place = part.text.index(found.head, found.start)
        yield Span(place, place + len(found.head)), set_text(write(prefix[1] if prefix else "", found.head))
    for span, properties in setting.layout_edits(part.text):
        yield span, set_text(properties)


def _headings(archive: Archive) -> frozenset[str]:
    """Return the styles that are headings: their names are the same in all languages, their ids are not."""
    return frozenset(found for styles in _styles(archive) for found in _HEADING.findall(styles))


def _styles(archive: Archive) -> list[str]:
    members = [member for member in archive.members if member.endswith("/styles.xml")]
    return [decode_xml(f"{archive.name}: {member}", archive.read(member))[0] for member in members]
