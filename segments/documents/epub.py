"""How is an EPUB read and written? The pages of the book in reading order, its table of contents, its title (EPUB 3.3).

A page is XHTML and read as such. Of the package document the title and the description are translated, and of the
older table of contents (NCX) the labels.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from ..errors import DocumentError
from ..model import Span
from . import html as page
from .archive import Archive, is_archive, open_archive
from .direction import direction
from .model import Document, Part, Unit
from .packages import in_order, kept_tags, read_part, unit_changes, write_parts
from .splicing import splice
from .writing import unit_edits
from .xml_nodes import stretch_unit
from .xml_syntax import TAG, attribute_spans, with_attribute
from .xml_units import Role, Stretch, Vocabulary, find_stretches
from .xml_writing import Change, fill_flow, set_text

__all__ = ["EXTENSIONS", "KEEPS", "NAME", "read", "sniff", "structure", "write"]

NAME = "epub"
EXTENSIONS = (".epub",)
KEEPS = (
    "pages, pictures, styles, fonts, links and the order of reading; titles, contents and descriptions are translated"
)

_TYPE = b"application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGE, _CONTENTS = "application/xhtml+xml", "application/x-dtbncx+xml"
_VOCABULARY = Vocabulary(
    {"http://purl.org/dc/elements/1.1/": "dc", "http://www.daisy.org/z3986/2005/ncx/": "ncx"},
    {"dc:title": Role.UNIT, "dc:description": Role.UNIT, "ncx:text": Role.UNIT},
    {},
    flowing=True,
)
_LANGUAGE = re.compile(r"(?<=>)[^<]*(?=</(?:[\w.-]+:)?language\s*>)")
_ROOT = re.compile(r"<(?:[\w.-]+:)?html[\s>]")
_SPINE = re.compile(r"<(?:[\w.-]+:)?spine(?:\s[^>]*)?>")
_MIRRORED = re.compile(r'\spage-progression-direction="[^"]*"')


@dataclass(frozen=True, slots=True)
class _Package:
    """The paths of a package document and of the files it names: tables of contents, and pages in reading order."""

    path: str
    contents: tuple[str, ...]
    pages: tuple[str, ...]


def sniff(name: str, head: bytes) -> float:
    """Return 1 for what begins as such archives do, less for a name alone."""
    if is_archive(head) and b"mimetype" + _TYPE in head:
        return 1.0
    return 0.9 if name.lower().endswith(EXTENSIONS) else 0.0


def read(name: str, data: bytes, language: str | None) -> Document:
    """Read a book; ``language`` is of no use here.

    Raise :class:`DocumentError` for an archive that cannot be trusted, is locked or holds no book, and for files in it
    that are missing or not well formed.
    """
    archive = open_archive(name, data)
    packages = [_package(archive, path) for path in _package_paths(archive)]
    paths = [path for package in packages for path in (package.path, *package.contents, *package.pages)]
    _check_open(archive, paths)
    parts = [read_part(archive, path) for path in dict.fromkeys(paths)]
    pages = {page for package in packages for page in package.pages}
    units: list[Unit] = []
    unreached = 0
    for number, part in enumerate(parts):
        if part.name in pages:
            found, missed = page.find_units(part.text)
            units += [replace(unit, part=number) for unit in found]
            unreached += missed
        else:
            units += in_order(number, _units(name, part))
    return Document(name, NAME, tuple(parts), tuple(units), unreached, data)


def write(document: Document, targets: Mapping[int, str], language: str) -> bytes:
    """Return the book with ``targets``, unit index to text; where any is new, in the language that it is in."""
    of_pages = {index: target for index, target in targets.items() if document.units[index].syntax != "xml"}
    others = {index: target for index, target in targets.items() if index not in of_pages}
    changes = unit_changes(document, others, fill_flow)
    edits = unit_edits(document, of_pages, language)
    translated = {document.units[i].part for i, target in targets.items() if target != document.units[i].text}
    for number, part in enumerate(document.parts):
        if edits[number]:
            own = page.language_edits(part.text, language) if number in translated else ()
            changes[number].append((Span(0, len(part.text)), set_text(splice(part.text, [*edits[number], *own]))))
        elif translated and not _is_page(part):
            changes[number] += _package_changes(part.text, language)
    return write_parts(open_archive(document.name, document.archive), document, changes)


def structure(document: Document) -> Sequence[object]:
    """Return all of the pages but their words and language, and the tags of the package document and contents."""
    facts: list[object] = []
    for part in document.parts:
        if _is_page(part):
            facts += page.structure(Document(part.name, page.NAME, (part,), ()))
        else:
            facts += kept_tags(part.text, (), _MIRRORED)
    return facts


def _package_paths(archive: Archive) -> list[str]:
    container = read_part(archive, _CONTAINER)
    paths = [_resolved(archive, "", element.get("full-path", "")) for element in _elements(container.text, "rootfile")]
    if not paths:
        raise DocumentError(f"{archive.name}: {_CONTAINER} names no book; save the book anew where it was made.")
    return paths


def _package(archive: Archive, path: str) -> _Package:
    text = read_part(archive, path).text
    items = {item.get("id", ""): item for item in _elements(text, "item") if ":" not in item.get("href", ":")}
    order = [element.get("idref", "") for element in _elements(text, "itemref")]
    by_reading = [items[name] for name in order if name in items] + [items[name] for name in items if name not in order]

    def of_type(media_type: str) -> tuple[str, ...]:
        found = (item["href"] for item in by_reading if item.get("media-type") == media_type)
        return tuple(_resolved(archive, dirname(path), href) for href in found)

    return _Package(path, of_type(_CONTENTS), of_type(_PAGE))


def _resolved(archive: Archive, folder: str, href: str) -> str:
    path = normpath(join(folder, unquote(href.partition("#")[0])))
    if path.startswith(("/", "..")):
        raise DocumentError(f"{archive.name}: it names a file outside of the book, {href}; save the book anew.")
    return path


def _elements(text: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of all elements of this local name."""
    for tag in TAG.finditer(text):
        if tag["name"] and not tag["end"] and tag["name"].rpartition(":")[2] == name:
            spans = attribute_spans(text, Span(*tag.span()))
            yield {attribute: unescape(text[span.slice()]) for attribute, span in spans.items()}


def _check_open(archive: Archive, paths: Sequence[str]) -> None:
    """Refuse a book whose text is locked; fonts may be."""
    if _ENCRYPTION in archive.members:
        locked = {element.get("URI") for element in _elements(read_part(archive, _ENCRYPTION).text, "CipherReference")}
        if locked.intersection(paths):
            raise DocumentError(f"{archive.name}: the book is locked against copying (DRM); ask for one that is not.")


def _units(name: str, part: Part) -> Iterator[Unit]:
    for found in find_stretches(f"{name}: {part.name}", part.text, _VOCABULARY):
        if isinstance(found, Stretch) and "ncx:docAuthor" not in found.path:
            kind = "para" if found.path[-1] == "dc:description" else "heading"
            if unit := stretch_unit(part.text, found, kind, "xml"):
                yield unit


def _is_page(part: Part) -> bool:
    return _ROOT.search(part.text) is not None


def _package_changes(text: str, language: str) -> Iterator[Change]:
    """Yield what makes a package document name its language, and the side that its pages are turned to."""
    if named := _LANGUAGE.search(text):
        yield Span(*named.span()), set_text(language)
    spine = _SPINE.search(text)
    if spine and (direction(language) == "rtl" or _MIRRORED.search(spine[0])):
        yield Span(*spine.span()), set_text(with_attribute(spine[0], "page-progression-direction", direction(language)))
