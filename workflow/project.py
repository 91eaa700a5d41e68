"""Where everything of a project lies, and what hexapla.toml says."""

import glob
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from locales import Catalog, LocalesError, read_catalog
from locales.tags import canonical, locale_id
from segments.errors import RulesError
from segments.rules import Rules, read_rules
from segments.splitting import Ends, ends_by

from .errors import ProjectError, SettingsError
from .folders import SETTINGS, find_root
from .store import read_bytes, save_files

FORMAT = 1
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""
IGNORED = (".hexapla/", "out/", "*.mo")


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder; languages are canonical BCP 47 tags, a document is its path below ``sources/<source>``."""

    root: Path
    name: str
    source: str
    targets: tuple[str, ...]
    splitting: Mapping[str, object] = field(default_factory=dict)
    people: Mapping[str, object] = field(default_factory=dict)

    def ends(self, language: str) -> Ends:
        """Return what says where sentences end in a language, by the table ``[splitting]`` of the settings."""
        return ends_by(language, self.rules(language))

    def rules(self, language: str) -> Rules:
        """Return the project's own rules for the sentences of a language.

        Raises:
            SettingsError: the table ``[splitting]`` cannot be used.
        """
        try:
            return read_rules(self.splitting, language)
        except RulesError as error:
            raise SettingsError(f"{self.root / SETTINGS}: {error}") from None

    def document_path(self, document: str) -> Path:
        """Return where the source document lies."""
        return self.root / "sources" / self.source / document

    def translation_path(self, document: str, language: str) -> Path | None:
        """Return where the existing translation of a document lies, or None if there is none.

        It bears the document's name, with its own extension added where the format differs.
        """
        path = self.root / "sources" / language / document
        if path.is_file():
            return path
        stem = path.name + "."
        others = sorted(p for p in _files(path.parent) if p.name.startswith(stem) and "." not in p.name[len(stem) :])
        return next((p for p in others if not self.document_path(f"{document}{p.suffix}").exists()), None)

    def segments_path(self, document: str, language: str) -> Path:
        """Return where the units and sentence lengths of a document in one language are kept."""
        return self.root / "segments" / language / f"{document}.jsonl"

    def alignment_path(self, document: str, language: str) -> Path:
        """Return where the beads between a document and its translation are kept."""
        return self.root / "alignments" / language / f"{document}.jsonl"

    def template_path(self, document: str) -> Path:
        """Return the document's template (POT), shared by all languages."""
        return self.root / "locales" / f"{_catalog_name(document)}.pot"

    def catalog_path(self, document: str, language: str) -> Path:
        """Return the document's catalog (PO) in one language."""
        return self.root / "locales" / locale_id(language) / "LC_MESSAGES" / f"{_catalog_name(document)}.po"

    def present_catalog(self, document: str, language: str) -> Path:
        """Return where the document's catalog in one language lies.

        Raises:
            ProjectError: there is none.
        """
        path = self.catalog_path(document, language)
        if not path.exists():
            raise ProjectError(f"{path}: is missing; run `hexapla segment {document}` to make it")
        return path

    def catalog(self, document: str, language: str) -> Catalog:
        """Read the document's catalog in one language.

        Raises:
            ProjectError: there is none.
            ProjectError, CatalogError: it is broken.
        """
        path = self.present_catalog(document, language)
        catalog = read_catalog(path)
        if catalog.header_entry is None:
            raise ProjectError(f"{path}: has no header; restore it from git, or delete it and run `hexapla segment`")
        return catalog

    def output_path(self, document: str, language: str) -> Path:
        """Return where the translated document is built."""
        return self.root / "out" / language / document

    def files(self, document: str) -> list[Path]:
        """Return where a document lies and all that is made of it but for what is built, there or not."""
        return [
            self.document_path(document),
            self.template_path(document),
            *(self.segments_path(document, language) for language in (self.source, *self.targets)),
            *(self.alignment_path(document, language) for language in self.targets),
            *(self.catalog_path(document, language) for language in self.targets),
        ]

    def documents(self) -> list[str]:
        """List the source documents by name."""
        folder = self.root / "sources" / self.source
        return sorted(path.relative_to(folder).as_posix() for path in _files(folder, deep=True))

    def select_documents(self, document: str | None) -> list[str]:
        """Return the one document asked for, or all.

        Raises:
            ProjectError: there is no such document.
        """
        documents = self.documents()
        if document is None:
            return documents
        if document not in documents:
            known = ", ".join(documents) or "none yet"
            raise ProjectError(f"{document}: no such document in {self.root}; documents: {known}")
        return [document]

    def select_languages(self, language: str | None) -> list[str]:
        """Return the one target language asked for, or all.

        Raises:
            ProjectError: it is not a target language of the project.
        """
        if language is None:
            return list(self.targets)
        tag = canonical(language)
        if tag not in self.targets:
            raise ProjectError(
                f"{tag} is not a target language of {self.root}; add it to `targets` in {self.root / SETTINGS}"
            )
        return [tag]


def create_project(root: Path, source: str, targets: list[str], name: str | None = None) -> Project:
    """Make ``root`` a project: hexapla.toml, and git told to ignore what is built.

    Raises:
        ProjectError: it is one already, or cannot be written.
        ProjectError: a language occurs twice.
    """
    if root.exists() and not root.is_dir():
        raise ProjectError(f"{root}: is a file; name a folder for the project")
    if (root / SETTINGS).exists():
        raise ProjectError(f"{root / SETTINGS}: is there already; edit it to change languages")
    source_tag = canonical(source)
    tags = tuple(canonical(target) for target in targets)
    if not tags:
        raise ProjectError("a project needs a target language at least: --target de,fa")
    if len({source_tag, *tags}) != len(tags) + 1:
        raise ProjectError("the languages must differ: name the source once and each target once")
    project = Project(root, (name or root.resolve().name).encode("utf-8", "replace").decode(), source_tag, tags)
    save_files({root / SETTINGS: _settings_text(project).encode(), root / ".gitignore": _ignore_file(root)})
    return project


def open_project(start: Path) -> Project:
    """Open the project that ``start`` lies in.

    Raises:
        ProjectError: no folder upwards is a project, its settings are broken, or a newer hexapla made it.
    """
    root = find_root(start)
    if root is None:
        raise ProjectError(f"{start}: not in a Hexapla project; run `hexapla init --source en --target de` first")
    _refuse_links(root)
    return parse_settings(root, read_bytes(root / SETTINGS))


def is_catalog(document: str) -> bool:
    """Return whether a source document is a gettext template or catalog: see `workflow.software`.

    >>> is_catalog("app.pot"), is_catalog("guide/po.md")
    (True, False)
    """
    return PurePosixPath(document).suffix in (".po", ".pot")


def check_name(project: Project, name: str) -> str:
    """Return a document name in canonical form.

    Raises:
        ProjectError: it would leave the project, be hidden, or differ from another document in case alone.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    parts = path.parts
    if not parts or path.is_absolute() or any(p.startswith(".") or not p.isprintable() or ":" in p for p in parts):
        raise ProjectError(
            f"{name!r}: not a document name; use a relative path without dots in front, such as guide/a.md"
        )
    document = path.as_posix()
    others = [other for other in project.documents() if other != document]
    shared = next((d for d in others if _catalog_name(d).casefold() == _catalog_name(document).casefold()), None)
    if shared and shared.casefold() != document.casefold():
        raise ProjectError(f"{document}: would share its catalogs with {shared}; choose another name with --as")
    guests = sorted(project.root.glob(f"sources/*/{glob.escape(document)}"))
    if guests and not project.document_path(document).exists():
        raise ProjectError(f"{document}: would take {guests[0]} for its translation; choose another name with --as")
    if shared:
        raise ProjectError(
            f"{document}: differs from {shared} in upper and lower case alone; choose another name with --as"
        )
    return document


def _refuse_links(root: Path) -> None:
    """Refuse a project, perhaps somebody else's, whose folders lead out of it."""
    for name in ("sources", "segments", "alignments", "locales", "out", ".hexapla"):
        if not (root / name).resolve().is_relative_to(root):
            raise ProjectError(f"{root / name}: is a link that leaves the project; replace it by a folder")


def _catalog_name(document: str) -> str:
    """Return what a document's catalogs are called: those of ``app.pot`` after its gettext domain ``app``."""
    return PurePosixPath(document).with_suffix("").as_posix() if is_catalog(document) else document


def _settings_text(project: Project) -> str:
    # JSON strings and arrays of strings are TOML too, once DEL is escaped as TOML asks.
    def quoted(value: object) -> str:
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    return (
        f"format = {FORMAT}\n"
        f"name = {quoted(project.name)}\n"
        f"source = {quoted(project.source)}\n"
        f"targets = {quoted(list(project.targets))}\n"
    )


def parse_settings(root: Path, data: bytes) -> Project:
    """Return the project of a folder by the content of its settings file.

    Raises:
        SettingsError: the settings are broken.
        ProjectError: a newer hexapla made them.
    """
    path = root / SETTINGS
    try:
        settings = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error}); mend it or restore it from git") from None
    version = settings.get("format")
    if type(version) is not int:  # true is an int, too
        raise SettingsError(f"{path}: `format` is missing; a project begins with `format = {FORMAT}`")
    if version > FORMAT:
        raise ProjectError(
            f"{path}: made by a newer Hexapla (format {version}, this one reads {FORMAT}); update Hexapla to open it"
        )
    source, targets = settings.get("source"), settings.get("targets", [])
    if not isinstance(source, str) or not isinstance(targets, list) or not all(isinstance(t, str) for t in targets):
        raise SettingsError(f'{path}: needs `source = "en"` and `targets = ["de", "fa"]`')
    splitting = settings.get("splitting", {})
    if not isinstance(splitting, dict):
        raise SettingsError(f'{path}: [splitting] is a table, such as [splitting] and abbreviations = ["…"]')
    people = settings.get("people", {})
    if not isinstance(people, dict):
        raise SettingsError(f'{path}: people are tables, such as [people."ann@example.org"] and role = "reviewer"')
    name = settings.get("name", root.name)
    if not isinstance(name, str):
        raise SettingsError(f'{path}: name is a string, such as name = "Town"')
    try:
        tags = [canonical(tag) for tag in (source, *targets)]
    except LocalesError as error:
        raise SettingsError(f"{path}: {error}") from None
    if len(set(tags)) != len(tags):
        raise SettingsError(f"{path}: the languages must differ from each other and from the source; leave one out")
    return Project(root, name, tags[0], tuple(tags[1:]), splitting, people)


def _ignore_file(root: Path) -> bytes:
    path = root / ".gitignore"
    present = read_bytes(path) if path.exists() else b""
    missing = [line for line in IGNORED if line.encode() not in present.splitlines()]
    joint = b"" if not present or present.endswith(b"\n") else b"\n"
    return present + joint + "".join(f"{line}\n" for line in missing).encode()


def _files(folder: Path, *, deep: bool = False) -> list[Path]:
    if not folder.is_dir():
        return []
    paths = folder.rglob("*") if deep else folder.glob("*")
    plain = (p for p in paths if p.is_file() and not p.is_symlink())
    return [p for p in plain if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
