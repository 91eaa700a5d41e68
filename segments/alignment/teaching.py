"""What do texts that translate each other teach? From beads with weights to associations."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import AlignmentError
from .arrays import Floats
from .associations import Associations, Vocabulary
from .cooccurrence import Beads, Cooccurrence
from .corpus import Side, read_corpus, with_kinds
from .lexicon import by_given, expect, maximise
from .params import Params

_SHARPNESS = Params().sharpness
_STEPS = 8
"""Counts that have settled help other texts most; sixteen steps change nothing more."""
_FAINT = 0.1
"""Pairs that were seen less often than this, both directions together, are not worth keeping."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A source text and its translation, a bead as a rule, and how much it counts."""

    source: str
    target: str
    weight: float
    """0 or more."""


def learn(lessons: Sequence[Lesson], source_language: str, target_language: str) -> Associations:
    """Learn the translations of words from texts that translate each other: IBM Model 1 with positions (`lexicon`).

    Words that occur once are learned too: they may meet again in another text. Languages are BCP 47 tags.

    Raises AlignmentError when a weight is below 0 or no finite number.

    >>> known = learn([Lesson("red house", "дом ал", 1), Lesson("red book", "том ал", 1)], "en", "ru")
    >>> known.target.words[known.target_word[known.forward.argmax()]]
    'ал'
    """
    if not lessons:
        return Associations.none()
    if wrong := [lesson.weight for lesson in lessons if not 0 <= lesson.weight < math.inf]:
        raise AlignmentError(f"A lesson weighs {wrong[0]}: give a finite weight of 0 or more.")
    texts = [lesson.source for lesson in lessons], [lesson.target for lesson in lessons]
    corpus = read_corpus([with_kinds(*texts, None)], source_language, target_language, least=1)
    every, one = np.arange(len(lessons)), np.ones(len(lessons), np.int64)
    together = Cooccurrence.of(Beads(every, every, one, one), corpus, _SHARPNESS)
    weight = np.array([lesson.weight for lesson in lessons], np.float64)
    forward, backward = _counts(together, weight), _counts(together.turned(), weight)
    by_source, by_target = by_given(together, forward), by_given(together.turned(), backward)
    found = Associations(
        _vocabulary(corpus.source, by_source),
        _vocabulary(corpus.target, by_target),
        together.given_word.astype(np.int64),
        together.explained_word.astype(np.int64),
        forward,
        backward,
    )
    return Associations.joined([found.kept(forward + backward >= _FAINT)])


def _vocabulary(side: Side, taught: Floats) -> Vocabulary:
    spoken = np.bincount(side.words, minlength=len(side.vocabulary)).astype(np.float64)
    return Vocabulary(tuple(side.vocabulary), spoken, taught)


def _counts(together: Cooccurrence, weight: Floats) -> Floats:
    """Return the expected count of each word pair after some EM steps."""
    probability = np.ones(len(together.given_word))
    for _ in range(_STEPS):
        expectation = expect(together, probability, weight)
        probability = maximise(expectation)
    return expectation.counts
