"""Which sentences of two texts translate each other? Alignment learned from the texts alone, with numpy.

No dictionary, no model and no list of words goes in: lengths, shared names and numbers give a first alignment, which
teaches a lexicon, which gives a better one. Documents aligned together learn from each other.
"""

from collections.abc import Callable, Sequence

from ..errors import AlignmentError
from ..model import Bead
from .params import Params
from .passes import align_all

__all__ = ["align", "align_documents"]

_PARAMS = Params()


def align(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    *,
    fixed: Sequence[tuple[range, range]] = (),
) -> list[Bead]:
    """Align the sentences of a text to those of its translation.

    The beads come in the order of both texts and hold every sentence of each side exactly once. Languages are BCP 47
    tags. ``fixed`` are beads that a person confirmed, as ranges of sentence numbers: they come back as they are, with
    confidence 1, the rest is aligned around them, and they teach. The same input always gives the same beads.

    Time and memory grow in proportion to the texts. Raises AlignmentError when fixed beads overlap, cross or are out of
    range.

    >>> beads = align(["One.", "It is 1984.", "Bye!"], ["Eins.", "Wir schreiben 1984.", "Tschüss!"], "en", "de")
    >>> [(list(bead.source), list(bead.target)) for bead in beads]
    [([0], [0]), ([1], [1]), ([2], [2])]
    """
    return align_documents([(source, target)], source_language, target_language, fixed=[fixed])[0]


def align_documents(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    source_language: str,
    target_language: str,
    *,
    fixed: Sequence[Sequence[tuple[range, range]]] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[list[Bead]]:
    """Align several documents of one language pair; each within its own borders, but all learn from all.

    ``pairs`` are the sentences of each document and of its translation, ``fixed`` the confirmed beads of each document
    (see `align`). The result has the beads of each document, in the same order. ``progress`` is called now and then
    with the steps done and the steps in all.

    Raises AlignmentError as `align` does, or when there are not as many lists of fixed beads as documents.
    """
    if fixed is None:
        fixed = [()] * len(pairs)
    if len(fixed) != len(pairs):
        raise AlignmentError(f"{len(fixed)} lists of fixed beads for {len(pairs)} documents: give one for each.")
    return align_all(pairs, source_language, target_language, fixed, _PARAMS, progress)
