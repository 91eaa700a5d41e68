"""Catalog mode: a source document that is itself a gettext template or catalog, as software has them.

Its messages are reviewed and compiled as they are: nothing is cut, no context, id or fact about beads is added.
`workflow.project.is_catalog` tells such a document; no other place decides it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from locales import Catalog, Entry, fact_digest, new_catalog, parse_catalog, read_catalog
from locales.update import Update

from .entries import follow_template
from .errors import ProjectError
from .project import Project
from .store import holds, read_bytes, save_files

# What a new catalog takes from its template; the other fields are of the translation.
_SHARED = ("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date")


@dataclass(frozen=True, slots=True)
class Plan:
    """A template that is to come into the project: the files to write, its messages by id before and after.

    ``updates`` has what becomes of the catalog of each language that has one.
    """

    files: Mapping[Path, bytes]
    before: Mapping[str, str]
    after: Mapping[str, str]
    updates: Mapping[str, Update]


def plan_template(project: Project, document: str, data: bytes) -> Plan:
    """Return what happens when a template, or its next version, comes into the project; nothing is written.

    A POT file stays as it is, byte for byte; translations in it are left out.

    Raises:
        CatalogError: the template, or the catalog of a language, is broken.
    """
    pot = _template(document, data)
    path = project.template_path(document)
    files = {project.document_path(document): data, path: pot.to_bytes()}
    updates = {}
    for language in project.targets:
        home = project.catalog_path(document, language)
        if home.exists():
            updates[language] = follow_template(read_catalog(home), pot)
            files[home] = updates[language].catalog.to_bytes()
        else:
            files[home] = follow_template(_empty(pot, language), pot).catalog.to_bytes()
    return Plan(files, _texts(read_catalog(path)) if path.exists() else {}, _texts(pot), updates)


def add_catalog(project: Project, path: Path, language: str, document: str, *, force: bool = False) -> Update:
    """Take an existing catalog of a template into the project; it stays byte for byte if it has just its messages.

    Raises:
        ProjectError: the document is no template, the language is unknown, or there is work already and ``force`` is
            not given.
        CatalogError: the catalog is broken.
    """
    project.select_documents(document)
    (tag,) = project.select_languages(language)
    home = project.catalog_path(document, tag)
    data = read_bytes(path)
    if not force and home.exists() and not holds(home, data) and _has_work(read_catalog(home)):
        raise ProjectError(f"{home}: has translations already; --force replaces them")
    catalog = parse_catalog(data, str(path))
    pot = read_catalog(project.template_path(document))
    same = _texts(catalog) == _texts(pot)
    update = follow_template(catalog, pot)
    save_files({home: data if same else update.catalog.to_bytes()})
    return update


def message_id(entry: Entry) -> str:
    """Return what tells a message from others of its catalog while its text and context stay."""
    return fact_digest([(entry.msgctxt or "", entry.msgid)])


def _template(document: str, data: bytes) -> Catalog:
    """Return the messages of a source; a POT file stays as it is, byte for byte."""
    catalog = parse_catalog(data, document)
    if not _has_work(catalog):
        return catalog
    header = {name: catalog.header[name] for name in _SHARED if name in catalog.header}
    pot = new_catalog("und", template=True, header=header)
    return follow_template(pot, catalog).catalog


def _empty(pot: Catalog, language: str) -> Catalog:
    return new_catalog(language, header={name: pot.header[name] for name in _SHARED if name in pot.header})


def _has_work(catalog: Catalog) -> bool:
    return any(any(entry.forms()) for entry in catalog)


def _texts(catalog: Catalog) -> dict[str, str]:
    """Return the source texts and format flags of the messages, a line each, by their ids."""
    live = (entry for entry in catalog if not entry.obsolete)
    return {message_id(entry): "\n".join((entry.msgid, entry.msgid_plural or "", *_formats(entry))) for entry in live}


def _formats(entry: Entry) -> list[str]:
    return sorted(flag for flag in entry.flags if flag.endswith("-format"))
