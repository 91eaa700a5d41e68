"""Which old text does a new text continue? For the units of a document and the sentences of a unit alike."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

SIMILAR = 50.0  # below half alike, two texts are two texts
WINDOW = 20  # how far from its expected place a changed text is looked for


def match(
    old: Sequence[str | None], new: Sequence[str], old_keys: Sequence[str], new_keys: Sequence[str]
) -> list[int | None]:
    """Return for each new text the index of the old text that it continues, or None; no old text is used twice.

    First equal keys: those that come once on both sides, then those beside what is matched already (P. Heckel, "A
    technique for isolating differences between files", CACM 21(4), 1978), then the rest in order, wherever they went.
    Every new text whose key is left on the old side thus finds one. Then, between those, the most similar texts near
    the place where they are expected. An old text of None is matched by its key alone. The effort is linear.

    Args:
        old, new: the texts, for judging similarity.
        old_keys, new_keys: what says that two texts are the same; a digest, or the text itself.
    """
    found: list[int | None] = [None] * len(new)
    used: set[int] = set()

    def take(j: int, i: int) -> None:
        found[j] = i
        used.add(i)

    def take_beside(places: Iterable[int], i: int, step: int) -> None:
        for j in places:
            i = i + step if (known := found[j]) is None else known
            if known is None and 0 <= i < len(old) and i not in used and old_keys[i] == new_keys[j]:
                take(j, i)

    single = _single(old_keys) & _single(new_keys)
    places = {key: i for i, key in enumerate(old_keys) if key in single}
    for j, key in enumerate(new_keys):
        if key in single:
            take(j, places[key])
    take_beside(range(len(new)), -1, 1)
    take_beside(range(len(new) - 1, -1, -1), len(old), -1)
    rest: dict[str, deque[int]] = defaultdict(deque)
    for i, key in enumerate(old_keys):
        if i not in used:
            rest[key].append(i)
    for j, key in enumerate(new_keys):
        if found[j] is None and rest.get(key):
            take(j, rest[key].popleft())
    for _, j, i in sorted(_candidates(old, new, found, used), key=lambda each: (-each[0], each[1], each[2])):
        if found[j] is None and i not in used:
            take(j, i)
    return found


def _single(keys: Sequence[str]) -> set[str]:
    return {key for key, count in Counter(keys).items() if count == 1}


def _candidates(
    old: Sequence[str | None], new: Sequence[str], found: Sequence[int | None], used: set[int]
) -> list[tuple[float, int, int]]:
    """Score each unmatched new text against the unmatched old texts near its expected place."""
    free = [i for i in range(len(old)) if i not in used and old[i] is not None]
    out = []
    expected = 0
    for j, text in enumerate(new):
        anchor = found[j]
        if anchor is not None:
            expected = anchor + 1
            continue
        first = bisect_left(free, expected)
        for i in free[max(0, first - WINDOW) : first + WINDOW]:
            likeness = fuzz.ratio(old[i] or "", text, score_cutoff=SIMILAR)
            if likeness:
                out.append((likeness, j, i))
        expected += 1
    return out
