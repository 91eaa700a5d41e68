"""Which of many texts is most like this one?"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

#: Two texts that are less alike are two texts, as for msgmerge.
ALIKE = 0.6
# Letters in the same order make any two texts somewhat alike: less clear cases must have a piece of a word in common.
_CLEAR = 0.8
_PIECE = 3
# So many texts, the nearest in length, are looked at: the effort then grows with the number of searches alone.
_REACH = 5_000
_RINGS = (0.9, 0.8, 0.7)
_WORD = re.compile(r"\w+")


class Similar(NamedTuple):
    """The place of a text among those that were searched, and how alike it is, 0 to 1."""

    place: int
    similarity: float


class Texts:
    """Texts to be searched for the one most like another.

    The similarity of two texts is twice the length of their longest common subsequence over the sum of their lengths
    (Indel ratio), so texts of other lengths can be left out: no text of less than ``s / (2 - s)`` of the length, and
    none of more than ``(2 - s) / s`` of it, is alike by ``s``.

    >>> Texts(["Close the window.", "Open the door."]).find("Open the doors.").place
    1
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._places = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        self._texts = [texts[place] for place in self._places]
        self._lengths = [len(text) for text in self._texts]

    def find(self, text: str, least: float = ALIKE) -> Similar | None:
        """Return the text most like ``text``; None where none is alike by ``least``.

        The search goes outwards in rings of length, until nothing that is farther can be more alike.
        """
        if least > 1:
            return None
        best: tuple[str, float, int] | None = None
        start = end = bisect_left(self._lengths, len(text))
        for bound in [*(bound for bound in _RINGS if bound > least), least]:
            first = bisect_left(self._lengths, len(text) * bound / (2 - bound), 0, start)
            last = bisect_right(self._lengths, len(text) * (2 - bound) / bound, end)
            for ring in (range(first, start), range(end, last)):
                best = self._best(text, ring, best, least)
            start, end = first, last
            if end - start > _REACH or (best is not None and best[1] >= bound):
                break
        if best is None or not _is_plausible(text, best[0], best[1]):
            return None
        return Similar(self._places[best[2]], best[1])

    def _best(
        self, text: str, ring: range, best: tuple[str, float, int] | None, least: float
    ) -> tuple[str, float, int] | None:
        """Return the best of what was found before and what the ring has: text, similarity, index."""
        least = least if best is None else best[1]
        texts = self._texts[ring.start : ring.stop]
        found = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=100 * least)
        if found is None or (best is not None and found[1] / 100 <= best[1]):
            return best
        return found[0], found[1] / 100, ring.start + found[2]


def ratio(text: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, as `Texts` measures it."""
    return fuzz.ratio(text, other) / 100


def similarity(text: str, other: str) -> float:
    """Return how alike two texts are, or 0 where `Texts.find` would not take one for the other."""
    found = fuzz.ratio(text, other, score_cutoff=100 * ALIKE) / 100
    return found if found and _is_plausible(text, other, found) else 0.0


def _is_plausible(text: str, other: str, found: float) -> bool:
    return found >= _CLEAR or not _pieces(text).isdisjoint(_pieces(other))


def _pieces(text: str) -> set[str]:
    """Return all runs of three characters within words, and the words that are shorter."""
    words = _WORD.findall(text.casefold())
    return {word[start : start + _PIECE] for word in words for start in range(max(1, len(word) - _PIECE + 1))}
