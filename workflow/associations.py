"""What the documents of a project have taught the aligner: worked out from them, kept in ``.hexapla``, kept up to date.

Each document and language has a file of its own, which names by a digest what it was learned from. When that changes
(the document is aligned, a bead is confirmed, a catalog is edited anywhere), that document alone is learned anew, the
next time somebody asks. The files can be deleted at any time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from locales import LocalesError, State
from locales.tags import language_gap
from segments import Bead, SegmentsError
from segments.alignment import Associations, Lesson, from_bytes, learn, to_bytes
from segments.errors import AlignmentError

from . import entries
from .errors import ProjectError
from .folders import STATE
from .ingest import load_version
from .project import Project
from .records import read_alignment
from .store import read_bytes, save_files

CONFIRMED = 1.0
"""A confirmed bead counts in full, any other by its confidence.

More than that gains nothing (`benchmarks/associations.py`): the others' words drown out the document's own.
"""
_LONGEST = 5
"""Sentences a side; a longer bead hardly tells which word goes with which."""
_NAME = 8
"""Bytes of a file that tell whose it is."""
_LEARNER = 1
"""Counted up whenever the same texts would teach something else."""

Note = Callable[[str], None]


def associations(
    project: Project,
    language: str,
    *,
    without: Collection[str] = (),
    stale: bool = False,
    note: Note = lambda text: None,
) -> dict[str, Associations]:
    """Return what each document but those of ``without`` has taught of one language, by document.

    What is out of date is learned anew and written, or with ``stale`` taken as it was, where a reader should not wait;
    the project's write lock is the caller's. ``note`` is told, once, of files that were damaged. A document that cannot
    be read just now teaches nothing.

    Raises:
        ProjectError: a file cannot be written.
    """
    found: dict[str, Associations] = {}
    files: dict[Path, bytes] = {}
    damaged = []
    for document in project.documents():
        if document in without:
            continue
        path = _path(project, document, language)
        basis = _basis(project, document, language)
        kept, broken = _read(path, basis, stale=stale)
        damaged += [document] if broken else []
        if kept is None:
            try:
                lessons = list(_lessons(project, document, language))
            except (ProjectError, SegmentsError, LocalesError):
                continue
            kept = learn(lessons, project.source, language)
            files[path] = basis + to_bytes(kept)
        found[document] = kept
    if damaged:
        note(f"{project.root / STATE}: the word pairs of {', '.join(damaged)} ({language}) were damaged; learned anew")
    save_files(files)
    return found


def _read(path: Path, basis: bytes, *, stale: bool) -> tuple[Associations | None, bool]:
    """Return what a file holds if it was learned from this basis, and whether the file is damaged.

    A link or a pipe is no file of ours and is taken away: what is written here must not land elsewhere.
    """
    if path.is_symlink() or path.is_fifo():
        path.unlink()
        return None, True
    if not path.exists():
        return None, False
    data = read_bytes(path)
    if len(data) < len(basis):
        return None, True
    try:
        kept = from_bytes(data[len(basis) :])
    except AlignmentError:
        return None, True
    same = _NAME if stale else len(basis)
    return (kept if data[:same] == basis[:same] else None), False


def _basis(project: Project, document: str, language: str) -> bytes:
    """Digest whose lessons these are, and then everything that they are taken from."""
    name = blake2b(f"{_LEARNER} {project.source} {language} {document}".encode(), digest_size=_NAME).digest()
    state = blake2b(digest_size=16)
    for path in (
        project.segments_path(document, project.source),
        project.segments_path(document, language),
        project.alignment_path(document, language),
        project.catalog_path(document, language),
    ):
        data = read_bytes(path) if path.exists() else b""
        state.update(b"%d " % len(data) + data)
    return name + state.digest()


def _lessons(project: Project, document: str, language: str) -> Iterator[Lesson]:
    """Yield the pairs that a person confirmed, then what the aligner found where nobody has worked."""
    catalog_path = project.catalog_path(document, language)
    reviewed: set[str] = set()
    for bead in entries.beads(project.catalog(document, language)) if catalog_path.exists() else ():
        if bead.state >= State.TRANSLATED:
            reviewed.update(bead.ids)
            if bead.text:
                source = language_gap(project.source).join(entry.msgid for entry in bead.entries)
                yield Lesson(source, bead.text, CONFIRMED)
    path = project.alignment_path(document, language)
    if not path.exists():
        return
    sources, targets = (load_version(project, document, tag).plain_texts() for tag in (project.source, language))
    names = list(sources)
    beads = read_alignment(path).by_number(sources, targets)
    open_beads = [bead for bead in beads if reviewed.isdisjoint(names[i] for i in bead.source)]
    yield from bead_lessons(list(sources.values()), list(targets.values()), project.source, language, open_beads)


def bead_lessons(
    source: Sequence[str], target: Sequence[str], source_language: str, target_language: str, beads: Iterable[Bead]
) -> Iterator[Lesson]:
    """Yield what the beads of a document teach, each by its confidence."""
    gaps = language_gap(source_language), language_gap(target_language)
    for bead in beads:
        if bead.source and bead.target and max(len(bead.source), len(bead.target)) <= _LONGEST:
            left, right = [source[i] for i in bead.source], [target[j] for j in bead.target]
            yield Lesson(gaps[0].join(left), gaps[1].join(right), bead.confidence)


def _path(project: Project, document: str, language: str) -> Path:
    return project.root / STATE / "associations" / language / f"{document}.bin"
