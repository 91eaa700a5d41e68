"""The sample project: two documents about a town library in six languages, taken through the whole pipeline."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .compiling import Compiled, Options, compile_catalogs, project_sources
from .errors import ProjectError
from .folders import SETTINGS
from .ingest import add_document
from .pairing import add_translation, align_project
from .project import Progress, Project, create_project, open_project
from .publish import Published, build_documents
from .report import Status, status
from .store import writing

SAMPLE = Path(__file__).with_name("sample")
NAME = "town-library"


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample project as it stands after the run, and the files that were made."""

    project: Project
    status: list[Status]
    compiled: list[Compiled]
    built: list[Published]


def make_demo(folder: Path, progress: Progress = lambda *_: None) -> Demo:
    """Make the sample project in ``folder`` and run everything on it; run again, it keeps what was reviewed.

    Raises:
        ProjectError: the folder holds something else, or cannot be written.
    """
    sample = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))
    project = _project(folder, sample["source"], list(sample["translations"]))
    with writing(project.root):
        _add(project, sample["translations"], progress)
        documents = project.documents()
        align_project(project, documents, project.targets, progress)
        compiled = compile_catalogs(
            project.root, project_sources(project, documents, project.targets), Options(drafts=True)
        )
        built = build_documents(project, documents, project.targets, drafts=True, progress=progress)
    return Demo(project, status(project, documents, project.targets), compiled, built)


def _project(folder: Path, source: str, targets: list[str]) -> Project:
    if not (folder / SETTINGS).exists():
        if folder.exists() and any(folder.iterdir()):
            raise ProjectError(f"{folder}: is not empty; name a new folder for the sample project")
        folder.mkdir(parents=True, exist_ok=True)
        return create_project(folder, source, targets, NAME)
    project = open_project(folder)
    if project.name != NAME:
        raise ProjectError(f"{folder}: holds the project {project.name}; name a new folder for the sample project")
    return project


def _add(project: Project, translations: Mapping[str, Mapping[str, str]], progress: Progress) -> None:
    sources = sorted((SAMPLE / "sources" / project.source).iterdir())
    total = len(sources) * (1 + len(translations))
    done = 0
    for path in sources:
        if path.name not in project.documents():
            add_document(project, path)
        done += 1
        progress("add", done, total)
    for language, files in translations.items():
        for document, name in files.items():
            if project.translation_path(document, language) is None:
                add_translation(project, SAMPLE / "translations" / language / name, language, document)
            done += 1
            progress("add", done, total)
