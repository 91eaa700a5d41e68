"""Where do both texts show the same number, name or mark? The evidence that needs no learning.

Keys meet when they are spelled alike or, for words, when they sound alike across scripts. A rare key tells more than a
frequent one. The longest chain of very rare keys that rises on both sides (by patience sorting, as in patience diff)
shows where the texts run side by side.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Floats, Ints
from .keys import KIND, MARK, NUMBER, WORD
from .letters import skeleton

_SKELETON = "s"
_TRUST = {WORD: 1.0, NUMBER: 0.9, MARK: 0.35, KIND: 0.8, _SKELETON: 0.45}
_SHORTEST_SKELETON, _LONGEST_SKELETON = 3, 6
"""Two consonants meet by chance too often; endings differ, so only the first six count."""
_LONGEST_WORD = 40
"""What runs on without a space is no name."""
_COMMON = 0.14
"""Keys in more than about this share of the sentences of both sides are not worth looking at."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The keys that both sides share."""

    keys: list[list[int]]
    """Shared keys of each source sentence."""
    places: list[Ints]
    """For each key the target sentences that have it, rising."""
    weight: Floats
    """What it tells that two sentences share the key, in nats."""
    rare: Bools
    """Whether the key is a word or number in at most two sentences a side."""
    names: list[str]
    """The keys themselves."""

    @classmethod
    def of(cls, source: Sequence[Iterable[str]], target: Sequence[Iterable[str]]) -> "Anchors":
        """Find the shared keys of all sentences of both sides."""
        source_keys, target_keys = _meeting(source, target)
        places: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(target_keys):
            for key in found:
                places[key].append(number)
        counts = Counter(key for found in source_keys for key in found)
        common = max(400, _COMMON**2 * len(source) * len(target))
        shared = sorted(key for key in places if key in counts and counts[key] * len(places[key]) <= common)
        number_of = {key: number for number, key in enumerate(shared)}
        share = np.array([[counts[key] / len(source), len(places[key]) / len(target)] for key in shared]).reshape(-1, 2)
        trust = np.array([_TRUST[key[0]] for key in shared])
        weight = -np.log(np.sqrt(share.prod(axis=1)).clip(max=0.99)) * trust * (share.min(1) / share.max(1)) ** 0.3
        return cls(
            [sorted(number_of[key] for key in found if key in number_of) for found in source_keys],
            [np.array(places[key]) for key in shared],
            weight,
            np.array([key[0] in WORD + NUMBER and max(counts[key], len(places[key])) <= 2 for key in shared], bool),
            shared,
        )

    def shared(self, source: range, target: range) -> Floats:
        """Return the running totals, down and across, of the weights that the sentences of two stretches share.

        The result has a row and a column more than there are sentences and starts with 0, so that the evidence of any
        rectangle comes from its four corners.
        """
        total = np.zeros((len(source) + 1, len(target) + 1))
        for row, sentence in enumerate(source, 1):
            for key in self.keys[sentence]:
                places = self.places[key]
                start, stop = places.searchsorted((target.start, target.stop))
                total[row, places[start:stop] - target.start + 1] += self.weight[key]
        return total.cumsum(axis=1).cumsum(axis=0)

    def points(self, source: range, target: range) -> list[tuple[int, int]]:
        """Return the sentence pairs of two stretches that share a rare key, in rising order."""
        found = {
            (sentence, int(place))
            for sentence in source
            for key in self.keys[sentence]
            if self.rare[key]
            for place in self.places[key]
            if place in target
        }
        return sorted(found)


def _meeting(source: Sequence[Iterable[str]], target: Sequence[Iterable[str]]) -> tuple[list[set[str]], list[set[str]]]:
    """Return the keys of each sentence that the other side has too, as spelled or as they sound."""
    left, right = {key for keys in source for key in keys}, {key for keys in target for key in keys}
    sounds_left, sounds_right = _sounds(left), _sounds(right)
    shared = (left & right) | (set(sounds_left.values()) & set(sounds_right.values()))

    def of(keys: Iterable[str], sounds: dict[str, str]) -> set[str]:
        return {form for key in keys for form in (key, sounds.get(key, key)) if form in shared}

    return [of(keys, sounds_left) for keys in source], [of(keys, sounds_right) for keys in target]


def _sounds(keys: Iterable[str]) -> dict[str, str]:
    found = {key: skeleton(key[1:])[:_LONGEST_SKELETON] for key in keys if key[0] == WORD and len(key) <= _LONGEST_WORD}
    return {key: _SKELETON + sound for key, sound in found.items() if len(sound) >= _SHORTEST_SKELETON}


def rising_chain(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest chain of points that rises strictly on both sides.

    >>> rising_chain([(0, 3), (1, 1), (2, 2), (3, 0), (4, 4)])
    [(1, 1), (2, 2), (4, 4)]
    """
    ends: list[int] = []  # the smallest target end of a chain of each length
    last: list[int] = []  # the point it ends with
    previous: list[int] = []
    ordered = sorted(points, key=lambda point: (point[0], -point[1]))
    for number, (_, place) in enumerate(ordered):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
        previous.append(last[length - 1] if length else -1)
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(ordered[number])
        number = previous[number]
    return chain[::-1]
