"""Which sentences of two texts translate each other? Alignment learned from the texts alone, with numpy.

No dictionary, no model and no list of words goes in: lengths, shared names and numbers give a first alignment, which
teaches a lexicon, which gives a better one. Documents aligned together learn from each other.
"""

from collections.abc import Callable, Sequence

from ..errors import AlignmentError
from ..model import Bead
from .corpus import Kinds, with_kinds
from .params import Params
from .passes import align_all
from .sections import Section, find_sections

__all__ = ["Section", "align", "align_documents", "find_sections"]

_PARAMS = Params()


def align(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    *,
    fixed: Sequence[tuple[range, range]] = (),
    kinds: Kinds | None = None,
) -> list[Bead]:
    """Align the sentences of a text to those of its translation.

    The beads come in the order of both texts and hold every sentence of each side exactly once. Languages are BCP 47
    tags. ``fixed`` are beads that a person confirmed, as ranges of sentence numbers: they come back as they are, with
    confidence 1, the rest is aligned around them, and they teach. ``kinds`` name the units that the sentences of both
    sides stand in (heading, item, turn, ...): where both sides have such names, rare ones are soft anchors. The same
    input always gives the same beads.

    Time and memory grow in proportion to the texts. Raises AlignmentError when fixed beads overlap, cross or are out of
    range, or when there are not as many kinds as sentences.

    >>> beads = align(["One.", "It is 1984.", "Bye!"], ["Eins.", "Wir schreiben 1984.", "Tschüss!"], "en", "de")
    >>> [(list(bead.source), list(bead.target)) for bead in beads]
    [([0], [0]), ([1], [1]), ([2], [2])]
    """
    return align_documents([(source, target)], source_language, target_language, fixed=[fixed], kinds=[kinds])[0]


def align_documents(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    source_language: str,
    target_language: str,
    *,
    fixed: Sequence[Sequence[tuple[range, range]]] | None = None,
    kinds: Sequence[Kinds | None] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[list[Bead]]:
    """Align several documents of one language pair; each within its own borders, but all learn from all.

    ``pairs`` are the sentences of each document and of its translation, ``fixed`` the confirmed beads of each document
    and ``kinds`` the kinds of its sentences, None where they are not known (see `align`). The result has the beads of
    each document, in the same order. ``progress`` is called now and then with the steps done and the steps in all.

    Raises AlignmentError as `align` does, or when there are not as many lists of fixed beads or kinds as documents.
    """
    if fixed is None:
        fixed = [()] * len(pairs)
    if len(fixed) != len(pairs):
        raise AlignmentError(f"{len(fixed)} lists of fixed beads for {len(pairs)} documents: give one for each.")
    if kinds is None:
        kinds = [None] * len(pairs)
    if len(kinds) != len(pairs):
        raise AlignmentError(f"{len(kinds)} lists of kinds for {len(pairs)} documents: give one for each.")
    texts = [with_kinds(*pair, known) for pair, known in zip(pairs, kinds, strict=True)]
    return align_all(texts, source_language, target_language, fixed, _PARAMS, progress)
