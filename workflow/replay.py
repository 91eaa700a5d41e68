"""Bring a catalog up to its journal: after a crash, and when another program wrote the file meanwhile."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from locales import Catalog, Entry, bead_digest

from .decisions import check_charset
from .errors import ProjectError
from .journal import Record
from .versions import Version, restore, version_of


def replay(catalog: Catalog, entries: Mapping[str, Entry], records: Sequence[Record]) -> list[Record]:
    """Carry the records out on a catalog that may hold some of them, in place; return those that had to give way.

    What stands in an entry is one of the versions that the records went through, or a draft of the aligner, and then
    the last of them is put there; or somebody else wrote it, and then it stays: the record whose text has no place is
    returned. A record of several entries has its place in all of them or in none. Doing it again changes nothing.

    Args:
        catalog: the catalog as read.
        entries: its live entries by id.
        records: in the order of the journal.
    """
    chains: dict[str, list[Version]] = {}
    last: dict[str, Record] = {}
    for record in records:
        if record.kind == "comment" and record.row in entries:
            with suppress(ProjectError):  # the file has another charset now; the comment stays in the history
                add_comment(catalog, entries[record.row], record.text)
        if record.kind == "conflict":  # it gave way before: what comes after was made on what stands there
            for entry_id in [i for i in record.entries if i in last and last[i].id == record.of]:
                del chains[entry_id], last[entry_id]
        for entry_id, before, after in zip(record.entries, record.before, record.after, strict=False):
            chains.setdefault(entry_id, [before]).append(after)
            last[entry_id] = record
    displaced = []
    for record in {record.id: record for record in last.values()}.values():
        fits = all(i in entries and _has_place(entries[i], chains.get(i, ())) for i in record.entries)
        own = [i for i in record.entries if last[i] is record]
        if not fits or not _put(catalog, [entries[i] for i in own], [chains[i][-1] for i in own]):
            displaced.append(record)
    return displaced


def _has_place(entry: Entry, chain: Sequence[Version]) -> bool:
    """Tell whether what a person saved may stand here: nobody else has written since, but for the aligner."""
    return version_of(entry) in chain or _is_aligned(entry)


def _is_aligned(entry: Entry) -> bool:
    """Tell whether here is a draft of the aligner, 1:1 and for the source as it stands: no work of a person."""
    if "fuzzy" not in entry.flags or entry.previous_msgid is not None:
        return False
    fitting = bead_digest([entry])
    return any(fact.kind == "align" and fact.args[1:] == ("1:1",) and fact.digest == fitting for fact in entry.facts)


def add_comment(catalog: Catalog, entry: Entry, text: str) -> None:
    """Add a comment to an entry, unless it stands there.

    Raises:
        ProjectError: the charset of the catalog cannot hold it.
        ValueError: it would state a fact, or no catalog can hold it.
    """
    check_charset(catalog, text)
    if not set(re.split("\r\n|\r|\n", text)) <= set(entry.comments):
        catalog.comment(entry, text)


def _put(catalog: Catalog, entries: Sequence[Entry], versions: Sequence[Version]) -> bool:
    before = [version_of(entry) for entry in entries]
    try:
        restore(catalog, entries, versions)
        check_charset(catalog, *(entry.raw for entry in entries))
    except (ProjectError, ValueError):  # the entry has other plural forms now, or the file another charset
        restore(catalog, entries, before)
        return False
    return True
