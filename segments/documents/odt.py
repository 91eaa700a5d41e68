"""How is an ODT read and written? Every paragraph of its content, headers, footers, notes and frames.

Spaces, tabs, line breaks, notes, frames, bookmarks and computed numbers are placeholders. Deleted text that is kept for
the sake of tracked changes is not translated. Elements are those of OpenDocument 1.3, part 3.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..errors import DocumentError
from .archive import is_archive, open_archive
from .model import Document, Part, Unit
from .odt_language import language_changes
from .packages import in_order, kept_tags, read_part, unit_changes, unit_shape, write_parts
from .xml_nodes import stretch_unit
from .xml_syntax import escape
from .xml_units import Role, Stretch, Vocabulary, find_stretches
from .xml_writing import Edit, fill_flow

__all__ = ["EXTENSIONS", "KEEPS", "NAME", "read", "sniff", "structure", "write"]

NAME = "odt"
EXTENSIONS = (".odt", ".ott")
KEEPS = "styles, tables, pictures, notes, comments, frames, fields and tracked changes; every other part"

_TYPE = b"application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    f"{_OASIS}:drawing:1.0": "draw",
    f"{_OASIS}:office:1.0": "office",
    f"{_OASIS}:svg-compatible:1.0": "svg",
    f"{_OASIS}:table:1.0": "table",
    f"{_OASIS}:text:1.0": "text",
}
_COMPUTED = """
    author-initials author-name bookmark-ref chapter conditional-text creation-date creation-time creator
    database-display date description drop-down editing-duration expression file-name hidden-paragraph hidden-text
    initial-creator keywords meta-field modification-date modification-time note-ref page-continuation page-count
    page-number placeholder print-date print-time printed-by reference-ref sender-city sender-company sender-country
    sender-firstname sender-lastname sequence sequence-ref sheet-name subject template-name text-input time title
    user-defined user-field-get user-field-input variable-get variable-input variable-set word-count
"""
_ROLES = {
    Role.UNIT: "text:p text:h text:ruby-text text:index-title-template svg:title svg:desc table:title table:desc",
    Role.PAIR: "text:a text:meta text:ruby text:ruby-base text:span",
    Role.COMPUTED: " ".join(f"text:{name}" for name in _COMPUTED.split()),
    Role.GHOST: "text:soft-page-break",
}
_VOCABULARY = Vocabulary(
    _NAMESPACES, {name: role for role, names in _ROLES.items() for name in names.split()}, {}, flowing=True
)
_KINDS = {
    **dict.fromkeys(("svg:title", "svg:desc", "table:title", "table:desc"), "attribute"),
    "text:h": "heading",
    "text:note-body": "footnote",
    "table:table-cell": "cell",
    "text:list-item": "item",
}
_PARTS = re.compile(r"(?:^|/)(?:content|styles)\.xml$")
_REMADE = frozenset({"soft-page-break"})
_CHANGED = re.compile(r' (?:fo:(?:language|country)|style:(?:language|country)-\w+|style:writing-mode)="[^"]*"')


def sniff(name: str, head: bytes) -> float:
    """Return 1 for what begins as such archives do, less for a name alone."""
    if is_archive(head) and b"mimetype" + _TYPE in head:
        return 1.0
    return 0.9 if name.lower().endswith(EXTENSIONS) else 0.0


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read a document; ``language`` is of no use here.

    Raise :class:`DocumentError` for an archive that cannot be trusted, is encrypted or holds something else, and for
    parts that are not well formed.
    """
    archive = open_archive(name, data)
    if "mimetype" not in archive.members or not archive.read("mimetype").startswith(_TYPE):
        raise DocumentError(f"{name}: this archive holds no ODT document; give it the name ending of what it holds.")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.members and b"encryption-data" in archive.read(manifest):
        raise DocumentError(f"{name}: it is encrypted; open it where it was made and save it without a password.")
    parts = [read_part(archive, member) for member in archive.members if _PARTS.search(member)]
    units = [unit for number, part in enumerate(parts) for unit in in_order(number, _units(name, part))]
    return Document(name, NAME, tuple(parts), tuple(units), archive=data)


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Return the document with ``targets``, unit index to text; where any is new, in the language that it is in."""
    changes = unit_changes(document, targets, _fill)
    if any(target != document.units[index].text for index, target in targets.items()):
        for part, each in zip(document.parts, changes, strict=True):
            each += language_changes(part.text, language)
    return write_parts(open_archive(document.name, document.archive), document, changes)


def structure(document: Document) -> Sequence[object]:
    """Return the tags of all parts, in order, and what of each unit is marked up."""
    tags = (tag for part in document.parts for tag in kept_tags(part.text, _REMADE, _CHANGED))
    return [*tags, *((unit.kind, unit_shape(unit)) for unit in document.units)]


def _units(name: str, part: Part) -> Iterator[Unit]:
    for found in find_stretches(f"{name}: {part.name}", part.text, _VOCABULARY):
        if isinstance(found, Stretch) and "text:tracked-changes" not in found.path:
            kind = next((_KINDS[element] for element in reversed(found.path) if element in _KINDS), "para")
            if unit := stretch_unit(part.text, found, kind, "odt"):
                yield unit


def _fill(unit: Unit, target: str, inner: Sequence[Edit]) -> str:
    return fill_flow(unit, target, inner, escape)
