"""What spoke for a bead, what against it, and what else could stand there?"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import AlignmentError
from ..model import Bead
from .anchors import Anchors
from .associations import Associations
from .corpus import Corpus, Side, read_corpus, with_kinds
from .judge import Evidence, Judge
from .keys import shown
from .lexicon import Agreement, estimate, seen
from .region import Ranges, found_in
from .rivals import rivals

_LEAST = 0.1
"""What tells less, in nats, is not mentioned."""


class WordPair(NamedTuple):
    """Two words of a bead, as the lexicon sees them, that translate each other in other beads too."""

    source: str
    target: str
    weight: float
    """How much likelier than chance, in nats, the mean of both directions."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a bead stands where it stands."""

    number: int
    """The bead's place among all beads."""
    bead: Bead
    evidence: Evidence
    anchors: tuple[tuple[str, float], ...]
    """Numbers, names and marks that both sides show, the most telling first, and what each tells in nats."""
    pairs: tuple[WordPair, ...]
    """The most telling first."""
    source_alone: tuple[str, ...]
    """Words that nothing on the other side is known to translate."""
    target_alone: tuple[str, ...]
    runner_up: tuple[Ranges, ...]
    """What could stand there instead, perhaps together with a neighbour: the best way to do without this bead."""
    margin: float
    """By how much the runner-up tells less, in nats; below 0 where only the rest of the text decided against it."""


def explain(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    beads: Sequence[Bead],
    *,
    which: Collection[int],
    known: Associations | None = None,
) -> list[Explanation]:
    """Explain some of the beads that `align` found; ``which`` are their places in ``beads``.

    The explanations come least sure bead first. Languages and ``known`` are those that were given to `align`.

    Raises AlignmentError when there is no such bead, or when beads are not those of these texts.
    """
    ranges = found_in(beads, len(source), len(target))
    if missing := [number for number in which if not 0 <= number < len(beads)]:
        raise AlignmentError(f"There is no bead {missing[0]} among {len(beads)}: give places from 0 on.")
    if not (source and target):
        return [Explanation(n, beads[n], Evidence(0, 0, 0, 0, 0), (), (), (), (), (), math.inf) for n in which]
    corpus = read_corpus([with_kinds(source, target, None)], source_language, target_language, known)
    anchors = Anchors.of(corpus.source.anchors, corpus.target.anchors)
    places = {number: list(rivals(ranges, number)) for number in which}
    judge = Judge(corpus, beads, {bead for found in places.values() for place in found for bead in place.rival})
    lexicons = [_Learned(side, judge.params.discount) for side in (judge.learned, judge.learned.turned())]
    explained = []
    for number in sorted(places, key=lambda number: (beads[number].confidence, number)):
        margins = [(judge.worth(place.beads) - judge.worth(place.rival), place.rival) for place in places[number]]
        margin, rival = min(margins, key=lambda pair: pair[0], default=(math.inf, ()))
        pairs = _pairs(ranges[number], corpus, lexicons, own=judge.weight.get(ranges[number], 0.0) > 0)
        explained.append(
            Explanation(
                number,
                beads[number],
                judge.evidence(ranges[number]),
                _shared(ranges[number], anchors),
                pairs,
                _alone(corpus.source, ranges[number][0], {pair.source for pair in pairs}),
                _alone(corpus.target, ranges[number][1], {pair.target for pair in pairs}),
                rival,
                margin,
            )
        )
    return explained


def _shared(bead: Ranges, anchors: Anchors) -> tuple[tuple[str, float], ...]:
    """Return the keys that both sides of a bead show, without the character that tells their kind."""
    found = {
        anchors.names[key][1:]: float(anchors.weight[key])
        for sentence in bead[0]
        for key in anchors.keys[sentence]
        if anchors.weight[key] >= _LEAST and any(place in bead[1] for place in anchors.places[key].tolist())
    }
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _pairs(bead: Ranges, corpus: Corpus, lexicons: Sequence["_Learned"], *, own: bool) -> tuple[WordPair, ...]:
    """Return the word pairs of a bead that translate each other elsewhere; each word in one pair at most.

    ``own`` tells whether the lexicons have learned from the bead itself.
    """
    source, target = _words(corpus.source, bead[0]), _words(corpus.target, bead[1])
    forward, backward = lexicons
    candidates = []
    for left, spoken in source.items():
        for right, heard in target.items():
            times = min(spoken, heard) if own else 0
            weight = (forward.weight(left, right, times) + backward.weight(right, left, times)) / 2
            if weight >= _LEAST:
                words = shown(corpus.source.vocabulary[left]), shown(corpus.target.vocabulary[right])
                candidates.append(WordPair(*words, weight))
    chosen: list[WordPair] = []
    for pair in sorted(candidates, key=lambda pair: (-pair.weight, pair)):
        if all(pair.source != other.source and pair.target != other.target for other in chosen):
            chosen.append(pair)
    return tuple(chosen)


class _Learned:
    """The lexicon in one direction, asked for single word pairs."""

    def __init__(self, side: Agreement, discount: float) -> None:
        self.together, self.counts, self.discount = side.together, seen(side), discount
        careful = estimate(side, discount)
        self.cognates, self.total = careful.cognates, careful.total
        self.chance = self.together.explained_side.frequency
        self.number = {
            pair: number
            for number, pair in enumerate(
                zip(self.together.given_word.tolist(), self.together.explained_word.tolist(), strict=True)
            )
        }

    def weight(self, given: int, explained: int, own: int) -> float:
        """Return how much likelier than chance a word is beside the given word, without ``own`` counts of the pair."""
        number = self.number.get((given, explained))
        if number is None:
            return -math.inf
        kept = max(float(self.counts[number]) - own - self.discount, 0.0) + float(self.cognates[number])
        probability = kept / max(float(self.total[given]) - own, self.discount)
        return math.log(max(probability, 1e-9) / float(self.chance[explained]))


def _words(side: Side, sentences: range) -> Counter[int]:
    return Counter(side.words[side.starts[sentences.start] : side.starts[sentences.stop]].tolist())


def _alone(side: Side, sentences: range, paired: Collection[str]) -> tuple[str, ...]:
    """Return the words of some sentences that are in no pair, in text order."""
    words = (shown(side.vocabulary[number]) for number in _words(side, sentences))
    return tuple(word for word in words if word not in paired)
