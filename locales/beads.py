"""Which entries of a catalog share one translation."""

from collections.abc import Iterable, Sequence

from .entry import Entry, bead_digest


def beads(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """Group the entries that are not obsolete: a head and the ``cont`` entries after it, every other entry alone.

    The facts of a bead of several entries hold; where they do not, each of its entries stands alone.
    """
    groups: list[list[Entry]] = []
    for entry in entries:
        if entry.obsolete:
            continue
        if groups and entry.link == "cont":
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [bead for group in groups for bead in ([tuple(group)] if _holds(group) else [(entry,) for entry in group])]


def _holds(group: Sequence[Entry]) -> bool:
    if len(group) == 1:
        return True
    head, *rest = group
    digest = bead_digest(group)
    return head.link != "cont" and all(
        any(fact.kind == "cont" and fact.digest == digest for fact in entry.facts) for entry in rest
    )
