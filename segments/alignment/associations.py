"""What have translations taught? Expected counts of word pairs, that other texts of the language pair can start from.

Its expected counts are all that EM needs to know of a text, so texts can be added, taken away and learned anew one at a
time, each starting from the counts of the others (incremental EM: Neal and Hinton 1998). `teaching` makes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Bools, Floats, Ints, sums_at


class Vocabulary(NamedTuple):
    """The words of one side, as the lexicon sees them (see `keys`)."""

    words: tuple[str, ...]
    """Distinct, in sorted order."""
    spoken: Floats
    """How often each occurs."""
    taught: Floats
    """The counts of all translations of each, those of pairs too faint to keep among them."""


@dataclass(frozen=True, slots=True)
class Associations:
    """The word pairs of one language pair and how often each translates the other, in both directions of the lexicon.

    Word numbers are places in the vocabularies; the pairs rise by source word, then target word.
    """

    source: Vocabulary
    target: Vocabulary
    source_word: Ints
    target_word: Ints
    forward: Floats
    """Expected count of each pair, the source word given and the target word explained."""
    backward: Floats
    """The same with the roles swapped."""

    @classmethod
    def none(cls) -> "Associations":
        """Return what is known before the first text."""
        nothing = Vocabulary((), np.zeros(0), np.zeros(0))
        return cls(nothing, nothing, np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))

    @classmethod
    def joined(cls, parts: Sequence["Associations"]) -> "Associations":
        """Return what several texts teach together: the sum of their counts."""
        source, source_number = _merged([part.source for part in parts])
        target, target_number = _merged([part.target for part in parts])
        numbers = [
            left[part.source_word] * len(target.words) + right[part.target_word]
            for part, left, right in zip(parts, source_number, target_number, strict=True)
        ]
        pairs, place = np.unique(_end_to_end(numbers), return_inverse=True)
        forward = sums_at(place, _end_to_end([part.forward for part in parts]), len(pairs))
        backward = sums_at(place, _end_to_end([part.backward for part in parts]), len(pairs))
        source_word, target_word = np.divmod(pairs.astype(np.int64), max(len(target.words), 1))
        return cls(source, target, source_word, target_word, forward, backward)

    def kept(self, pairs: Bools) -> "Associations":
        """Return the same with some of the pairs alone; the words and their totals stay."""
        words = self.source_word[pairs], self.target_word[pairs]
        return Associations(self.source, self.target, *words, self.forward[pairs], self.backward[pairs])


class Translation(NamedTuple):
    """A word of the other side that translates a word."""

    word: str
    times: float
    """How often it is thought to have done so."""
    probability: float
    """Its share of all that translates the word, 0 to 1."""


def translations(known: Associations, word: str, *, of_target: bool = False) -> list[Translation]:
    """Return the translations of a source word (or, with ``of_target``, of a target word), the likeliest first."""
    sides = [(known.source, known.source_word), (known.target, known.target_word)]
    (given, given_word), (explained, explained_word) = sides[::-1] if of_target else sides
    counts = known.backward if of_target else known.forward
    if word not in given.words:
        return []
    number = given.words.index(word)
    pairs = np.flatnonzero(given_word == number)
    order = pairs[np.lexsort((explained_word[pairs], -counts[pairs]))]
    total = max(float(given.taught[number]), float(counts[pairs].sum()), 1e-12)
    return [
        Translation(explained.words[explained_word[pair]], float(counts[pair]), float(counts[pair]) / total)
        for pair in order
        if counts[pair] > 0
    ]


class Known(NamedTuple):
    """What is known beforehand of the words of a corpus; everything by its word numbers."""

    pairs: Ints
    """``source word * number of target words + target word``; rising."""
    counts: Floats
    """How often each pair translated each other, the mean of both directions."""
    source_elsewhere: Floats
    """Counts of each source word's translations that the corpus does not hold."""
    target_elsewhere: Floats


def known_in(known: Associations, source: Mapping[str, int], target: Mapping[str, int]) -> Known:
    """Return what concerns the words of a corpus, given the number of each."""
    left, right = _numbers(known.source, source), _numbers(known.target, target)
    columns = left[known.source_word], right[known.target_word]
    here = np.flatnonzero((columns[0] >= 0) & (columns[1] >= 0))
    source_word, target_word = columns[0][here], columns[1][here]
    pairs = source_word * len(target) + target_word
    order = np.argsort(pairs)
    forward, backward = known.forward[here], known.backward[here]
    return Known(
        pairs[order],
        (forward[order] + backward[order]) / 2,
        _by_word(known.source.taught, left, len(source)) - sums_at(source_word, forward, len(source)),
        _by_word(known.target.taught, right, len(target)) - sums_at(target_word, backward, len(target)),
    )


def _end_to_end(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0)


def _numbers(vocabulary: Vocabulary, numbers: Mapping[str, int]) -> Ints:
    """Return the number of each word, -1 where it has none."""
    return np.array([numbers.get(word, -1) for word in vocabulary.words], np.int64)


def _by_word(values: Floats, numbers: Ints, words: int) -> Floats:
    return sums_at(numbers[numbers >= 0], values[numbers >= 0], words)


def _merged(parts: Iterable[Vocabulary]) -> tuple[Vocabulary, list[Ints]]:
    """Return all words of several vocabularies, and the new number of each word of each."""
    parts = list(parts)
    words = tuple(sorted({word for part in parts for word in part.words}))
    place = {word: number for number, word in enumerate(words)}
    numbers = [_numbers(part, place) for part in parts]
    spoken, taught = np.zeros(len(words)), np.zeros(len(words))
    for part, number in zip(parts, numbers, strict=True):
        spoken[number] += part.spoken
        taught[number] += part.taught
    return Vocabulary(words, spoken, taught), numbers
