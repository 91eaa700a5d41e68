"""How sure is a bead whose sentences were cut, joined or rewritten? Its stretch of the texts is aligned anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from segments.alignment import Associations, align_stretch

from .records import BeadRecord

CONTEXT = 50
"""Beads to either side that are aligned with it: they could have its sentences, and teach words."""

Sentences = Mapping[str, str]


def judged_anew(
    beads: Sequence[BeadRecord],
    touched: Collection[int],
    texts: tuple[Sentences, Sentences],
    languages: tuple[str, str],
    known: Associations,
) -> list[BeadRecord]:
    """Align the sentences of touched beads anew, with those around; all others stay as they are, and confirmed ones.

    Where the aligner would have them share sentences with the beads around, or take a sentence its counterpart, the
    touched beads stay, too, and are as sure as its own beads leave them.

    Args:
        beads: all of an alignment, in order.
        touched: the places of those that are in doubt.
        texts: what a reader sees of the sentences of both sides, by id.
        languages: BCP 47 tags of both sides.
        known: what whole documents have taught.
    """
    stretches = list(_stretches(beads, touched))
    if not stretches:
        return list(beads)
    start, stop = max(0, stretches[0].start - CONTEXT), min(len(beads), stretches[-1].stop + CONTEXT)
    around = range(start, stop)
    ids = [i for n in around for i in beads[n].source], [i for n in around for i in beads[n].target]
    source, target = ([side[i] for i in names] for side, names in zip(texts, ids, strict=True))
    places = dict(zip(around, _places(beads[start:stop]), strict=True))
    fixed = [place for n, place in places.items() if beads[n].confirmed_by is not None]
    whole = range(len(ids[0])), range(len(ids[1]))
    found = align_stretch(source, target, *languages, whole, fixed=fixed, known=known)
    named = [
        BeadRecord(tuple(ids[0][i] for i in bead.source), tuple(ids[1][j] for j in bead.target), bead.confidence)
        for bead in found
    ]
    holder = {sentence: number for number, bead in enumerate(named) for sentence in bead.sentences}
    new = list(beads)
    for stretch in reversed(stretches):
        old = beads[stretch.start : stretch.stop]
        own = _sentences(old)
        there = [named[number] for number in sorted({holder[sentence] for sentence in own})]
        may_part = _sentences(there) == own and _alone(there) <= _alone(old)
        new[stretch.start : stretch.stop] = there if may_part else [_left_over(bead, there) for bead in old]
    return new


def _stretches(beads: Sequence[BeadRecord], touched: Collection[int]) -> Iterator[range]:
    """Yield each run of touched beads that can be aligned: nobody confirmed them, and they have both sides."""
    start = None
    for n in range(len(beads) + 1):
        if n < len(beads) and n in touched and beads[n].confirmed_by is None:
            start = n if start is None else start
        elif start is not None:
            run = beads[start:n]
            if any(bead.source for bead in run) and any(bead.target for bead in run):
                yield range(start, n)
            start = None


def _places(beads: Sequence[BeadRecord]) -> Iterator[tuple[range, range]]:
    """Yield which sentences of both sides each bead has, counted from the first bead."""
    sources = accumulate((len(bead.source) for bead in beads), initial=0)
    targets = accumulate((len(bead.target) for bead in beads), initial=0)
    for bead, source, target in zip(beads, sources, targets, strict=False):
        yield range(source, source + len(bead.source)), range(target, target + len(bead.target))


def _sentences(beads: Iterable[BeadRecord]) -> set[tuple[str, str]]:
    return {sentence for bead in beads for sentence in bead.sentences}


def _alone(beads: Iterable[BeadRecord]) -> set[tuple[str, str]]:
    """Return the sentences without a counterpart."""
    return _sentences(bead for bead in beads if not (bead.source and bead.target))


def _left_over(bead: BeadRecord, likelier: Iterable[BeadRecord]) -> BeadRecord:
    """Return a bead with what the likelier ones on its sentences leave of certainty: of these one at most is right."""
    rivals = [other for other in likelier if not bead.sentences.isdisjoint(other.sentences)]
    same = [other for other in rivals if (other.source, other.target) == (bead.source, bead.target)]
    most = max(other.confidence for other in rivals)
    return same[0] if same else replace(bead, confidence=min(most, 1 - most))
