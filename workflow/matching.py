"""Which old text does a new text continue? For the units of a document and the sentences of a unit alike."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

SIMILAR = 50.0  # below half alike, two texts are two texts
WINDOW = 20  # how far from its expected place a changed text is looked for


def match(
    old: Sequence[str | None], new: Sequence[str], old_keys: Sequence[str], new_keys: Sequence[str]
) -> list[int | None]:
    """Return for each new text the index of the old text that it continues, or None; no old text is used twice.

    First the longest common subsequence of equal keys, then equal keys elsewhere (moved), then, between those, the most
    similar texts near the place where they are expected. An old text of None is matched by its key alone.

    Args:
        old, new: the texts, for judging similarity.
        old_keys, new_keys: what says that two texts are the same; a digest, or the text itself.
    """
    found: list[int | None] = [None] * len(new)
    used: set[int] = set()

    def take(j: int, i: int) -> None:
        found[j] = i
        used.add(i)

    for block in LCSseq.opcodes(old_keys, new_keys):
        if block.tag == "equal":
            for i, j in zip(
                range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True
            ):
                take(j, i)
    elsewhere: dict[str, list[int]] = defaultdict(list)
    for i in range(len(old) - 1, -1, -1):
        if i not in used:
            elsewhere[old_keys[i]].append(i)
    for j, key in enumerate(new_keys):
        if found[j] is None and elsewhere[key]:
            take(j, elsewhere[key].pop())
    for similarity, j, i in sorted(_candidates(old, new, found, used), key=lambda c: (-c[0], c[1], c[2])):
        if similarity >= SIMILAR and found[j] is None and i not in used:
            take(j, i)
    return found


def _candidates(
    old: Sequence[str | None], new: Sequence[str], found: Sequence[int | None], used: set[int]
) -> list[tuple[float, int, int]]:
    """Score each unmatched new text against the unmatched old texts near its expected place."""
    free = [i for i in range(len(old)) if i not in used and old[i] is not None]
    out = []
    first = 0
    expected = 0
    for j, text in enumerate(new):
        anchor = found[j]
        if anchor is not None:
            expected = anchor + 1
            continue
        first = bisect_left(free, expected)
        for i in free[max(0, first - WINDOW) : first + WINDOW]:
            out.append((fuzz.ratio(old[i] or "", text), j, i))
    return out
