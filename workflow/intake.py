"""Documents in through a page: from the bytes of an upload, or from a file that lies in the project's folder.

Each function brings the catalogs up to what is under review and holds the project's write lock, as every command does.
What goes wrong, or is broken off by an error out of ``progress``, leaves the project as it was.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from locales import LocalesError
from segments import SegmentsError

from .errors import ProjectError, WorkflowError
from .ingest import Change, add_document, update_document
from .pairing import Aligned, add_translation, follow_source
from .project import Progress, Project, is_catalog
from .session import recover
from .software import add_catalog
from .store import read_document_bytes, writing


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that comes in: its name, without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Paired:
    """A translation that was taken: what aligning it gave, or of a catalog how many messages it had already."""

    document: str
    language: str
    aligned: Aligned | None
    messages: int = 0


def uploaded(name: str, data: bytes) -> Incoming:
    r"""Return an upload under a name that leads nowhere.

    >>> uploaded("..\\letters/../a.txt", b"").name
    'a.txt'
    """
    return Incoming(PurePosixPath(name.replace("\\", "/")).name.lstrip(".") or "document", data)


def inside(project: Project, path: str) -> Incoming:
    """Read a file that lies in the project's folder, by its path there.

    Raises:
        ProjectError: it lies elsewhere or in a hidden folder, is missing or cannot be read.
        DocumentError: it is too large.
    """
    root = project.root.resolve()
    try:
        found = (root / path.strip()).resolve()
        found.is_file()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name too long, NUL
        raise ProjectError(f"{path[:200]!r}: cannot be the path of a file; check it") from None
    if not found.is_relative_to(root) or any(part.startswith(".") for part in found.relative_to(root).parts):
        raise ProjectError(f"{path}: is not in the folder of this project; put the file there, or upload it")
    return Incoming(found.name, read_document_bytes(found))


def likely_source(project: Project, name: str, language: str) -> str | None:
    """Guess by its name which document a file translates: the same name, else the first one without a translation.

    None where there is none of its kind.
    """
    documents = [each for each in project.documents() if is_catalog(each) == is_catalog(name)]
    same = (document for document in documents if Path(document).name == name)
    lacking = (document for document in documents if project.translation_path(document, language) is None)
    return next(same, None) or next(lacking, None) or next(iter(documents), None)


def take_document(project: Project, incoming: Incoming, name: str = "") -> Change:
    """Take a source document into the project; without a name it keeps its own.

    Raises:
        WorkflowError, SegmentsError, LocalesError: see `workflow.ingest.add_document`.
    """
    with _at_work(project, incoming) as path:
        return add_document(project, path, name.strip() or incoming.name)


def take_translation(
    project: Project,
    incoming: Incoming,
    language: str,
    document: str,
    *,
    force: bool = False,
    doubtful: bool = False,
    progress: Progress = lambda *_: None,
) -> Paired:
    """Take an existing translation of a document and align it; a template takes a catalog.

    Raises:
        DoubtfulError: it hardly translates the document, and it was not said to take it all the same.
        WorkflowError, SegmentsError, LocalesError: see `workflow.pairing.add_translation`.
    """
    with _at_work(project, incoming) as path:
        if is_catalog(document):
            update = add_catalog(project, path, language, document, force=force)
            return Paired(document, language, None, len(update.carried) + len(update.revived))
        aligned = add_translation(project, path, language, document, force=force, doubtful=doubtful, progress=progress)
        return Paired(document, language, aligned)


def preview_update(project: Project, incoming: Incoming, document: str) -> Change:
    """Say what a new version of a source document would change; nothing is written.

    Raises:
        WorkflowError, SegmentsError, LocalesError: see `workflow.ingest.update_document`.
    """
    with _at_work(project, incoming) as path:
        return update_document(project, document, path).change


def take_update(project: Project, incoming: Incoming, document: str, progress: Progress = lambda *_: None) -> Change:
    """Take a new version of a source document, as `workflow.pairing.follow_source` does.

    Raises:
        WorkflowError, SegmentsError, LocalesError: see `workflow.pairing.follow_source`.
    """
    with _at_work(project, incoming) as path:
        return follow_source(project, document, path, progress=progress)


@contextmanager
def _at_work(project: Project, incoming: Incoming) -> Iterator[Path]:
    """Give a path to what comes in, outside of the project, which is ours alone meanwhile."""
    recover(project)
    with tempfile.TemporaryDirectory(prefix="hexapla-") as folder, writing(project.root):
        path = Path(folder) / incoming.name
        path.write_bytes(incoming.data)
        try:
            yield path
        except (WorkflowError, SegmentsError, LocalesError) as error:
            error.args = tuple(str(part).replace(f"{path.parent}{os.sep}", "") for part in error.args)
            raise
