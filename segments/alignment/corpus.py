"""All documents of a language pair as arrays: texts, lengths and words of both sides, joined end to end.

Every later step speaks of *global* sentence numbers: the documents' sentences one after another. A document, and each
stretch of it between two confirmed beads, is then a rectangle on the two number lines.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..errors import AlignmentError
from .arrays import Floats, Ints
from .associations import Associations, Known, Vocabulary, known_in
from .keys import KIND, Keys, clauses, emphasis, keys, without_running_numbers
from .letters import latin

_MOST_WORDS = 96
"""Of a longer sentence the rarest words are enough, and the cost of a sentence pair stays bounded."""
_OFTEN, _COMMON = 2000, 0.005
"""A word that is said more often, and is more than one in 200, takes much time to learn and tells little."""
_CLAUSE = 10
"""A clause has some ten characters at least: so the numbers of clauses compare as lengths do."""
_COGNATE_LETTERS = 4
_MOST_COGNATES = 4


Kinds = tuple[Sequence[str], Sequence[str]]
"""The kind of unit that each sentence of both sides stands in; empty where there is none."""


class Text(NamedTuple):
    """Both sides of a document, and their kinds."""

    source: Sequence[str]
    target: Sequence[str]
    kinds: Kinds


def with_kinds(source: Sequence[str], target: Sequence[str], kinds: Kinds | None) -> Text:
    """Return a text with its kinds, where both sides have them.

    Raises AlignmentError when there are not as many as sentences.
    """
    if kinds is None or not (any(kinds[0]) and any(kinds[1])):
        return Text(source, target, ([""] * len(source), [""] * len(target)))
    for sentences, known in ((source, kinds[0]), (target, kinds[1])):
        if len(sentences) != len(known):
            raise AlignmentError(f"{len(known)} kinds for {len(sentences)} sentences: give one for each.")
    return Text(source, target, kinds)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of all documents."""

    lengths: Floats
    """Characters of each sentence, plus one, so that an empty one has a length."""
    clauses: Floats
    """The same from its clauses: so many characters for each mark that divides or ends one, plus one."""
    starts: Ints
    """The words of sentence ``i`` are ``words[starts[i] : starts[i + 1]]``."""
    words: Ints
    """Word numbers in text order; only words that can be learned: seen twice, or with a cognate."""
    spoken: Ints
    """The number of words of each sentence, with those that cannot be learned."""
    frequency: Floats
    """The share of each word number among all words."""
    emphasis: Floats
    """How much what is known of each word number counts."""
    texts: list[str]
    """The sentences, without running numbers."""
    anchors: list[list[str]]
    vocabulary: list[str]
    """The words by their numbers."""
    kinds: list[str]
    """The kind of unit of each sentence; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Both sides of all documents."""

    source: Side
    target: Side
    cognates: Ints
    """Word pairs that are spelled alike, as ``source word * number of target words + target word``; rising."""
    known: Known
    """What other texts have taught of these words."""


def read_corpus(
    documents: Sequence[Text],
    source_language: str,
    target_language: str,
    known: Associations | None = None,
    least: int = 2,
    *,
    all_words: bool = True,
) -> Corpus:
    """Turn documents into arrays; languages are BCP 47 tags.

    Words can be learned that occur ``least`` times, the texts that taught ``known`` taken together with these. Without
    ``all_words`` the function words of a long text are left out, unless the other side has their like.
    """
    known = known or Associations.none()
    source = [text for document in documents for text in without_running_numbers(document.source)]
    target = [text for document in documents for text in without_running_numbers(document.target)]
    source_keys = [keys(text, source_language) for text in source]
    target_keys = [keys(text, target_language) for text in target]
    source_counts, target_counts = _counts(source_keys, known.source), _counts(target_keys, known.target)
    cognates = set(_cognates(source_counts.of, target_counts.of))
    source_numbers = _numbered(source_counts, {word for word, _ in cognates}, least, all_words)
    target_numbers = _numbered(target_counts, {word for _, word in cognates}, least, all_words)
    pairs = [source_numbers[a] * len(target_numbers) + target_numbers[b] for a, b in cognates]
    source_kinds = [kind for document in documents for kind in document.kinds[0]]
    target_kinds = [kind for document in documents for kind in document.kinds[1]]
    return Corpus(
        _side(source, source_keys, source_counts, source_numbers, source_kinds),
        _side(target, target_keys, target_counts, target_numbers, target_kinds),
        np.array(sorted(pairs), np.int64),
        known_in(known, source_numbers, target_numbers),
    )


class _Counts(NamedTuple):
    """How often each word of a side occurs, here and in the texts that taught what is known."""

    here: Counter[str]
    of: dict[str, float]
    total: float
    """Of all words, those that do not occur here among them."""


def _counts(found: Iterable[Keys], known: Vocabulary) -> _Counts:
    here = Counter(word for sentence in found for word in sentence.words)
    elsewhere = dict(zip(known.words, known.spoken.tolist(), strict=True))
    counts = {word: count + elsewhere.get(word, 0.0) for word, count in here.items()}
    return _Counts(here, counts, here.total() + float(known.spoken.sum()))


def _numbered(counts: _Counts, cognates: set[str], least: int, all_words: bool) -> dict[str, int]:
    """Number the words that can be learned, the most frequent first."""
    most = math.inf if all_words else max(_OFTEN, _COMMON * counts.here.total())
    kept = cognates | {word for word, count in counts.of.items() if count >= least and counts.here[word] <= most}
    return {word: number for number, word in enumerate(sorted(kept, key=lambda word: (-counts.of[word], word)))}


def _side(texts: list[str], found: list[Keys], counts: _Counts, numbers: Mapping[str, int], kinds: list[str]) -> Side:
    sentences = [_rarest(sentence.words, counts.of) for sentence in found]
    known = [[numbers[word] for word in words if word in numbers] for words in sentences]
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(words) for words in known], out=starts[1:])
    return Side(
        np.array([len(text) + 1 for text in texts], np.float64),
        np.array([_CLAUSE * clauses(text) + 1 for text in texts], np.float64),
        starts,
        np.array([word for words in known for word in words], np.int64),
        np.array([len(words) for words in sentences], np.int64),
        np.array([counts.of[word] for word in numbers], np.float64) / max(counts.total, 1),
        np.array([emphasis(word) for word in numbers], np.float64),
        texts,
        [
            [*sentence.anchors, KIND + kind] if kind else sentence.anchors
            for sentence, kind in zip(found, kinds, strict=True)
        ],
        list(numbers),
        kinds,
    )


def _rarest(words: list[str], counts: Mapping[str, float]) -> list[str]:
    """Return the rarest words in text order, where there are too many."""
    if len(words) <= _MOST_WORDS:
        return words
    rarest = sorted(range(len(words)), key=lambda place: (counts[words[place]], place))[:_MOST_WORDS]
    return [words[place] for place in sorted(rarest)]


def _cognates(source: Iterable[str], target: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the word pairs that are spelled alike, or begin alike when transliterated."""
    beginnings: dict[str, list[str]] = defaultdict(list)
    for word in target:
        beginnings[_beginning(word)].append(word)
    for word in source:
        if word in target and (len(word) > 2 or not (word.isascii() and word.isalpha())):
            yield word, word
        beginning = _beginning(word)
        for other in beginnings[beginning][:_MOST_COGNATES] if beginning else ():
            yield word, other


def _beginning(word: str) -> str:
    """Return the first letters of a word in Latin, empty when it is too short to be told by them."""
    letters = latin(word)[:_COGNATE_LETTERS] if word.isalpha() else ""
    return letters if len(letters) == _COGNATE_LETTERS else ""
