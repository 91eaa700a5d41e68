"""Catalogs to MO files beside them: of a project or of any gettext tree, and only what changed.

All catalogs are looked at before any file is written. Where one is refused nothing is written, unless asked to go on:
then the sound ones are, and the MO file of a refused catalog stays as it was.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .errors import ProjectError
from .ledger import Ledger, ledger_path
from .store import holds, read_bytes, save_files
from .tally import Tally, included, tally

if TYPE_CHECKING:  # a tree in which nothing changed is looked through without the libraries
    from locales import Finding

    from .project import Project

Outcome = Literal["written", "unchanged", "pending", "refused", "unreadable"]

_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*(?:\.[A-Za-z0-9-]+)?(?:@[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A catalog to compile: its file, the name it has in messages and in the ledger, its language."""

    path: Path
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Options:
    """How to compile.

    ``drafts``: take them too. ``accelerator``: the mark of keyboard accelerators, to check them. ``check``: write
    nothing. ``keep_going``: write what is sound where other catalogs are refused.
    """

    drafts: bool = False
    accelerator: str = ""
    check: bool = False
    keep_going: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a catalog, whose MO file is ``path``.

    The outcome is ``pending`` where the file would change but was not to be written, ``refused`` or ``unreadable``
    where the findings say why there is none.
    """

    source: Source
    path: Path
    tally: Tally
    outcome: Outcome
    findings: "tuple[Finding, ...]" = ()
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether no MO file can be made."""
        return self.outcome in ("refused", "unreadable")


def project_sources(project: "Project", documents: Sequence[str], languages: Sequence[str]) -> list[Source]:
    """Return the catalogs of these documents in these languages.

    Raises:
        ProjectError: one is missing.
    """
    pairs = [(document, language) for document in documents for language in languages]
    found = [(project.present_catalog(document, language), language) for document, language in pairs]
    return [Source(path, path.relative_to(project.root).as_posix(), language) for path, language in found]


def tree_sources(folder: Path, root: Path, language: str | None = None) -> list[Source]:
    """Return every catalog below a folder, named relative to ``root``; hidden folders are passed over.

    The language is the name of the folder above ``LC_MESSAGES``, else the name of the file or of the next folder that
    looks like a locale; empty where there is none. ``language``, a BCP 47 tag, leaves the others out.

    Raises:
        ProjectError: there is no such folder, or no catalog in it.
    """
    if not folder.is_dir():
        raise ProjectError(f"{folder}: no such folder; name one that has *.po files below it")
    sources = []
    for home, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = sorted(name for name in files if name.endswith(".po") and not name.startswith("."))
        if names:
            prefix = Path(home).relative_to(root).as_posix()
            parts = Path(home).relative_to(folder).parts
            sources += [Source(Path(home, name), f"{prefix}/{name}", _language(parts, name)) for name in names]
    wanted = sources if language is None else [source for source in sources if _is_in(source.language, language)]
    if not wanted:
        kind = "*.po files" if language is None else f"*.po files in {language}"
        raise ProjectError(f"{folder}: has no {kind} below it; name the folder of the catalogs")
    return wanted


def compile_catalogs(root: Path, sources: Sequence[Source], options: Options) -> list[Compiled]:
    """Compile catalogs, write the MO files that change, and return what became of each, in order.

    ``root`` is the folder that the sources are named relative to; what was compiled before is known of it.

    Raises:
        ProjectError: a file cannot be read or written.
    """
    ledger = Ledger(ledger_path(root), f"drafts={options.drafts} accelerator={options.accelerator}")
    done: list[Compiled] = []
    files: dict[Path, bytes] = {}
    for source in sources:
        data = read_bytes(source.path)
        path = source.path.with_suffix(".mo")
        known = ledger.find(source.name, data, path)
        if known is not None:
            done.append(Compiled(source, path, known, "unchanged"))
            continue
        compiled, mo = _compile(source, path, data, options)
        done.append(compiled)
        if not compiled.refused:
            files[path] = mo
            if not compiled.notes:  # what there is to note is to be said every time
                ledger.note(source.name, data, mo, compiled.tally)
    if options.check or (any(each.refused for each in done) and not options.keep_going):
        return done
    save_files(files)
    ledger.save()
    return [replace(each, outcome="written") if each.outcome == "pending" else each for each in done]


def _language(folders: Sequence[str], name: str) -> str:
    if folders[-1:] == ("LC_MESSAGES",) and len(folders) > 1:
        return folders[-2]
    return next((part for part in (Path(name).stem, *reversed(folders)) if _LOCALE.fullmatch(part)), "")


def _is_in(locale: str, language: str) -> bool:
    from locales import UnknownLanguageError, from_locale_id

    try:
        return from_locale_id(locale) == language
    except UnknownLanguageError:
        return False


def _compile(source: Source, path: Path, data: bytes, options: Options) -> tuple[Compiled, bytes]:
    """Return what becomes of a catalog and its MO file, which is empty where it is refused."""
    from locales import CatalogError, Finding, parse_catalog
    from locales.checks import BOM_NOTE, find_problems, finished
    from locales.compile import mo_file
    from locales.msgfmt import check_other_formats

    from .entries import beads

    try:
        catalog = parse_catalog(data, source.name)
    except CatalogError as error:
        finding = Finding(error.line, error.msgid or "", error.problem)
        return Compiled(source, path, Tally(0, 0, 0, 0), "unreadable", (finding,)), b""
    groups = list(beads(catalog))
    wanted = {entry for bead in included(groups, drafts=options.drafts) for entry in bead.entries}
    messages = finished(catalog, drafts=options.drafts, leave_out=[entry for entry in catalog if entry not in wanted])
    findings = find_problems(catalog, messages, options.accelerator)
    found, notes = check_other_formats(catalog, messages)
    findings += found
    if catalog.has_bom:
        notes.append(BOM_NOTE)
    mo = b"" if findings else mo_file(catalog, messages)
    outcome: Outcome = "refused" if findings else "unchanged" if holds(path, mo) else "pending"
    counts = tally(groups, drafts=options.drafts)
    return Compiled(source, path, counts, outcome, tuple(findings), tuple(notes)), mo
