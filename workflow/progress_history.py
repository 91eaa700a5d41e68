"""How far was the project on the days before? The catalogs as git has them, and the journals since the last commit.

Without git the journals tell alone. A version that was committed is counted once, however often it is asked for, and
what is read for one answer is bounded: of a long history the latest days come first, the others when asked again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Literal, TypeVar

from locales import LocalesError, State, parse_catalog
from locales.tags import locale_id

from . import entries
from .errors import ProjectError
from .git import ask, find_work_tree
from .journal import journal_path, journals, read_journal
from .project import Project

COMMITS = 2_000  # that are looked at
DAYS = 40  # that are shown
BYTES = 4 << 20  # of catalogs that are read for one answer

Counts = Mapping[State, int]
Origin = Literal["git", "journal", "now"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Day:
    """How many sentences of the project were in each state at the end of a day, and who says so."""

    day: date
    states: Counts
    origin: Origin


@dataclass(frozen=True, slots=True)
class History:
    """The days on which something changed, in order, the last one being today.

    ``committed``: whether git knows of the project's catalogs. ``whole``: whether there is no older day to be read; ask
    again for it.
    """

    days: list[Day]
    committed: bool
    whole: bool


def progress_history(project: Project, now: Counts, today: date) -> History:
    """Return how far the project was before, on at most `DAYS` days, evenly chosen.

    Args:
        project: the project.
        now: how many sentences of all documents and languages are in each state.
        today: the local date.

    Raises:
        ProjectError: a journal is damaged, or git does not answer.
    """
    commits = _commits(project)
    committed, whole = _counted_days(project, commits)
    last = max(commits, default=date.min)
    journalled = [day for day in _journalled(project, now) if last < day.day < today]
    before = [day for day in committed if day.day < today]
    days = [*_thinned([*before, *journalled], DAYS - 1), Day(today, dict(now), "now")]
    return History(days, bool(commits), whole)


def _thinned(days: Sequence[T], most: int) -> list[T]:
    """Return at most so many of the days, the first and the last among them."""
    if len(days) <= most:
        return list(days)
    return [days[round(place * (len(days) - 1) / (most - 1))] for place in range(most)]


def _commits(project: Project) -> dict[date, str]:
    """Return the last commit of each day that changed catalogs, in order of time; nothing without git."""
    if find_work_tree(project.root) is None:
        return {}
    try:
        lines = ask(project.root, *_HISTORY).decode()
    except ProjectError:
        return {}  # no commit yet, or no git: the journals tell what they know
    found: dict[date, str] = {}
    for line in lines.splitlines():
        seconds, commit = line.split()
        with suppress(ValueError, OverflowError, OSError):  # no time of this world
            found.setdefault(date.fromtimestamp(int(seconds)), commit)
    return dict(_thinned(sorted(found.items()), DAYS))


def _counted_days(project: Project, commits: Mapping[date, str]) -> tuple[list[Day], bool]:
    """Return what could be counted of these days, and whether that is all of it."""
    blobs = {day: _blobs(project.root, commit, project.targets) for day, commit in commits.items()}
    _count_new(project.root, [blob for day in reversed(blobs) for blob in blobs[day]])
    read = {day: [_known[blob] for blob in found] for day, found in blobs.items() if _known.keys() >= {*found}}
    sound = {day: [each for each in found if each is not None] for day, found in read.items() if None not in found}
    return [Day(day, _total(found), "git") for day, found in sound.items() if found], len(read) == len(blobs)


# Plumbing: what `git log` shows depends on everybody's settings, and may run programs that they name.
_HISTORY = ("rev-list", "--first-parent", "--timestamp", f"--max-count={COMMITS}", "HEAD", "--", "locales")


@lru_cache(1024)
def _blobs(root: Path, commit: str, languages: tuple[str, ...]) -> list[str]:
    """Return the ids of the catalogs in a commit."""
    folders = tuple(f"locales/{locale_id(language)}/LC_MESSAGES/" for language in languages)
    listed = ask(root, "ls-tree", "-r", "-z", commit, "--", "locales").decode("utf-8", "replace")
    found = []
    for line in filter(None, listed.split("\0")):
        facts, _, path = line.partition("\t")
        if path.startswith(folders) and path.endswith(".po"):
            found.append(facts.split()[2])
    return found


# By the id of a blob, which stands for its bytes; None is a catalog that was broken then: such a day is not shown.
_known: dict[str, Counts | None] = {}


def _count_new(root: Path, blobs: Sequence[str]) -> None:
    """Count what was not counted before, in this order, until enough was read."""
    new = list(dict.fromkeys(blob for blob in blobs if blob not in _known))
    if not new:
        return
    sizes = ask(root, "cat-file", "--batch-check=%(objectname) %(objectsize)", given="\n".join(new)).decode()
    found = [(blob, int(size)) for blob, size in map(str.split, sizes.splitlines()) if size.isdecimal()]
    _known.update(dict.fromkeys({*new} - {blob for blob, _ in found}))  # a clone may lack what is old
    before = accumulate((size for _, size in found), initial=0)
    wanted = [blob for (blob, _), read in zip(found, before, strict=False) if read < BYTES]
    for blob, data in _contents(ask(root, "cat-file", "--batch", given="\n".join(wanted))):
        try:
            _known[blob] = _count(data)
        except LocalesError:
            _known[blob] = None


def _contents(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the id and the bytes of each object in an answer of ``git cat-file --batch``."""
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start)
        blob, _, size = answer[start:end].decode().split()
        start = end + 1 + int(size)
        yield blob, answer[end + 1 : start]
        start += 1


def _count(data: bytes) -> Counts:
    states: Counter[State] = Counter()
    for bead in entries.beads(parse_catalog(data)):
        states[bead.state] += len(bead.entries)
    return states


def _journalled(project: Project, now: Counts) -> list[Day]:
    """Return what the journals know of each day: today's figures, less what was done after it."""
    changes: dict[date, Counter[State]] = {}
    for document, language in journals(project):
        path = journal_path(project, document, language)
        found = path.stat()
        for day, change in _changes(path, found.st_mtime_ns, found.st_size).items():
            changes.setdefault(day, Counter()).update(change)
    days, standing = [], Counter(now)
    for day in sorted(changes, reverse=True):
        days.append(Day(day, {state: max(0, standing[state]) for state in State}, "journal"))
        standing.subtract(changes[day])
    return days[::-1]


@lru_cache(1024)
def _changes(path: Path, _written: int, _size: int) -> Mapping[date, Counter[State]]:
    """Return how many sentences came into each state on each day; fewer are negative."""
    changes: dict[date, Counter[State]] = {}
    for record in read_journal(path)[0]:
        if record.kind not in ("save", "undo"):
            continue  # what displaced a text came with another version of the file
        change = changes.setdefault(date.fromtimestamp(record.time), Counter())
        change.update(version.state for version in record.after)
        change.subtract(version.state for version in record.before)
    return changes


def _total(counts: Iterable[Counts]) -> Counts:
    total: Counter[State] = Counter()
    for each in counts:
        total.update(each)
    return total
