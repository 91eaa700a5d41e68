"""How far was the project on the days before? The catalogs as git has them, and the journals since the last commit.

Without git the journals tell alone. A version that was committed is counted once, however often it is asked for, and
what is read for one answer is bounded: a long history shows its latest days first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from .versions import Version

COMMITS = 2_000  # that are looked at
DAYS = 40  # that are shown
BYTES = 16 << 20  # of catalogs that are read for one answer

Counts = Mapping[State, int]
Origin = Literal["git", "journal", "now"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Day:
    """How many sentences of the project were in each state at the end of a day, and who says so."""

    day: date
    states: Counts
    origin: Origin


def progress_history(project: Project, now: Counts, today: date) -> list[Day]:
    """Return the days on which something changed, the last one being today; at most `DAYS`, evenly chosen.

    Args:
        project: the project.
        now: how many sentences of all documents and languages are in each state.
        today: the local date.

    Raises:
        ProjectError: a journal is damaged.
    """
    committed = _committed(project)
    last = committed[-1].day if committed else None
    journalled = [day for day in _journalled(project, now) if (last is None or day.day > last) and day.day < today]
    before = [day for day in committed if day.day < today]
    return [*_thinned([*before, *journalled], DAYS - 1), Day(today, dict(now), "now")]


def is_committed(history: Iterable[Day]) -> bool:
    """Tell whether git had something to say."""
    return any(day.origin == "git" for day in history)


def _thinned(days: Sequence[T], most: int) -> list[T]:
    """Return at most so many of the days, the first and the last among them."""
    if len(days) <= most:
        return list(days)
    return [days[round(place * (len(days) - 1) / (most - 1))] for place in range(most)]


def _committed(project: Project) -> list[Day]:
    """Return the days of which git has catalogs, in order; none where it has nothing."""
    if find_work_tree(project.root) is None:
        return []
    try:
        commits = _last_commits(ask(project.root, *_HISTORY).decode())
        blobs = {day: _blobs(project, commit) for day, commit in _thinned(list(commits.items()), DAYS)}
        counts = _counted(project.root, [blob for day in reversed(blobs) for blob in blobs[day]])
    except ProjectError:
        return []  # no commit yet, or no git: the journals tell what they know
    whole = {day: found for day, found in blobs.items() if found and all(blob in counts for blob in found)}
    return [Day(day, _total(counts[blob] for blob in found), "git") for day, found in whole.items()]


# Plumbing: what `git log` shows depends on everybody's settings, and may run programs that they name.
_HISTORY = ("rev-list", "--first-parent", "--timestamp", f"--max-count={COMMITS}", "HEAD", "--", "locales")


def _last_commits(lines: str) -> dict[date, str]:
    """Return the last commit of each day, in order of time."""
    found: dict[date, str] = {}
    for line in lines.splitlines():
        seconds, commit = line.split()
        found.setdefault(date.fromtimestamp(int(seconds)), commit)
    return dict(sorted(found.items()))


def _blobs(project: Project, commit: str) -> list[str]:
    """Return the ids of the catalogs in a commit."""
    folders = tuple(f"locales/{locale_id(language)}/LC_MESSAGES/" for language in project.targets)
    listed = ask(project.root, "ls-tree", "-r", "-z", commit, "--", "locales").decode("utf-8", "replace")
    found = []
    for line in filter(None, listed.split("\0")):
        facts, _, path = line.partition("\t")
        if path.startswith(folders) and path.endswith(".po"):
            found.append(facts.split()[2])
    return found


_known: dict[str, Counts] = {}  # of catalogs by the id of their blob, which stands for their bytes


def _counted(root: Path, blobs: Sequence[str]) -> Mapping[str, Counts]:
    """Count what was not counted before, in this order, until enough was read."""
    new = list(dict.fromkeys(blob for blob in blobs if blob not in _known))
    sizes = ask(root, "cat-file", "--batch-check=%(objectname) %(objectsize)", given="\n".join(new)).decode()
    found = [(blob, int(size)) for blob, size in map(str.split, sizes.splitlines()) if size.isdecimal()]
    read = accumulate(size for _, size in found)
    wanted = [blob for (blob, _), total in zip(found, read, strict=True) if total <= BYTES]
    for blob, data in _contents(ask(root, "cat-file", "--batch", given="\n".join(wanted))):
        try:
            _known[blob] = _count(data)
        except LocalesError:
            continue  # a day on which a catalog was broken is not shown
    return _known


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
        change.update(map(_state, record.after))
        change.subtract(map(_state, record.before))
    return changes


def _state(version: Version) -> State:
    if not all(version.forms):
        return State.UNTRANSLATED
    if version.draft:
        return State.DRAFT
    return State.APPROVED if any(fact.startswith("hx: approved ") for fact in version.facts) else State.TRANSLATED


def _total(counts: Iterable[Counts]) -> Counts:
    total: Counter[State] = Counter()
    for each in counts:
        total.update(each)
    return total
