"""Which sentences of two texts translate each other? Alignment learned from the texts alone, with numpy.

No dictionary, no model and no list of words goes in: lengths, shared names and numbers give a first alignment, which
teaches a lexicon, which gives a better one. Documents aligned together learn from each other.
"""

from collections.abc import Sequence

from ..errors import AlignmentError
from ..model import Bead
from .agreement import Links, Witness, agreement_scores, by_way_of, links
from .association_bytes import from_bytes, to_bytes
from .associations import Associations, Translation, translations
from .corpus import Kinds, with_kinds
from .embeddings import Embed, meaning_scores
from .explanation import Explanation, explain
from .params import Params
from .passes import Progress, align_all
from .refine import Voice
from .region import Ranges, inside, moved, stretch_of
from .sections import Section, find_sections
from .teaching import Lesson, learn

__all__ = [
    "Associations",
    "Embed",
    "Explanation",
    "Lesson",
    "Section",
    "Translation",
    "Witness",
    "align",
    "align_documents",
    "align_stretch",
    "explain",
    "find_sections",
    "from_bytes",
    "learn",
    "to_bytes",
    "translations",
]

_PARAMS = Params()


def align(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    *,
    fixed: Sequence[tuple[range, range]] = (),
    kinds: Kinds | None = None,
    known: Associations | None = None,
    embed: Embed | None = None,
    witnesses: Sequence[Witness] = (),
) -> list[Bead]:
    """Align the sentences of a text to those of its translation.

    The beads come in the order of both texts and hold every sentence of each side exactly once. Languages are BCP 47
    tags. ``fixed`` are beads that a person confirmed, as ranges of sentence numbers: they come back as they are, with
    confidence 1, the rest is aligned around them, and they teach. ``kinds`` name the units that the sentences of both
    sides stand in (heading, item, turn, ...): where both sides have such names, rare ones are soft anchors. ``known``
    is what other texts of the language pair have taught (see `learn`); ``embed`` returns a vector of meaning for each
    text, ``float32[n, d]``, and has a say about the beads that are still in question. So have ``witnesses``,
    translations of the source into other languages (see `agreement`): they help a text of up to some hundred sentences.
    Where no fixed bead has both sides, a confidence has in it whether the texts translate each other at all (see
    `belonging`).
    The same input always gives the same beads.

    Time and memory grow in proportion to the texts. Raises AlignmentError when fixed beads overlap, cross or are out of
    range, when there are not as many kinds as sentences, or when ``embed`` returns anything but finite vectors.

    >>> beads = align(["One.", "It is 1984.", "Bye!"], ["Eins.", "Wir schreiben 1984.", "Tschüss!"], "en", "de")
    >>> [(list(bead.source), list(bead.target)) for bead in beads]
    [([0], [0]), ([1], [1]), ([2], [2])]
    """
    testimonies = [
        by_way_of(links(other.beads), links(align(other.sentences, target, other.language, target_language)))
        for other in witnesses
    ]
    voices = _voices(embed, testimonies)
    texts = [with_kinds(source, target, kinds)]
    return align_all(texts, source_language, target_language, [fixed], _PARAMS, _unseen, known, voices)[0]


def _voices(embed: Embed | None, testimonies: Sequence[Links]) -> list[Voice]:
    """Return what has a say beside the texts."""
    voices: list[Voice] = []
    if embed is not None:
        voices.append(lambda beads, corpus: meaning_scores(embed, beads, corpus.source.texts, corpus.target.texts))
    if testimonies:
        voices.append(lambda beads, corpus: agreement_scores(testimonies, beads))
    return voices


def _unseen(done: int, total: int) -> None:
    """Show no progress."""


def align_documents(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    source_language: str,
    target_language: str,
    *,
    fixed: Sequence[Sequence[tuple[range, range]]] | None = None,
    kinds: Sequence[Kinds | None] | None = None,
    known: Associations | None = None,
    embed: Embed | None = None,
    progress: Progress = _unseen,
) -> list[list[Bead]]:
    """Align several documents of one language pair; each within its own borders, but all learn from all.

    ``pairs`` are the sentences of each document and of its translation, ``fixed`` the confirmed beads of each document
    and ``kinds`` the kinds of its sentences, None where they are not known (see `align`); ``known`` and ``embed`` are
    those of `align`. The result has the beads of each document, in the same order. ``progress`` is called now and then
    with the steps done and the steps in all.

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
    texts = [with_kinds(*pair, names) for pair, names in zip(pairs, kinds, strict=True)]
    return align_all(texts, source_language, target_language, fixed, _PARAMS, progress, known, _voices(embed, ()))


def align_stretch(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    stretch: Ranges,
    *,
    fixed: Sequence[Ranges] = (),
    kinds: Kinds | None = None,
    known: Associations | None = None,
) -> list[Bead]:
    """Align a stretch of a document alone, such as what lies between two confirmed beads.

    ``stretch`` is a range of source and one of target sentences; the beads that come back hold these and no others, by
    the document's sentence numbers. ``fixed`` are the confirmed beads within it, ``kinds`` those of the document (see
    `align`). The time is that of the stretch, so that ``known``, with what the rest of the document taught, makes up
    for not reading it again.

    Raises AlignmentError as `align` does, or when the stretch is no part of the document or does not hold a fixed bead.

    >>> texts = ["One.", "It is 1984.", "Bye!"], ["Eins.", "Wir schreiben 1984.", "Tschüss!"]
    >>> [bead.source for bead in align_stretch(*texts, "en", "de", (range(1, 3), range(1, 3)))]
    [range(1, 2), range(2, 3)]
    """
    rows, columns = stretch_of(stretch, len(source), len(target))
    within = inside(fixed, stretch, len(source), len(target))
    left, right = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
    names = with_kinds(source, target, kinds).kinds
    pair = with_kinds(source[left], target[right], (names[0][left], names[1][right]))
    beads = align_all([pair], source_language, target_language, [within], _PARAMS, _unseen, known, trusted=True)[0]
    ranges = [moved((bead.source, bead.target), rows.start, columns.start) for bead in beads]
    return [Bead(*places, bead.confidence) for places, bead in zip(ranges, beads, strict=True)]
