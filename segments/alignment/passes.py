"""How are documents aligned, from the first look to the last? All passes, in order.

1. Each document by itself, without words: shapes, lengths and anchors give a first path (`first`).
2. The first paths of all documents teach a lexicon, with which each is searched again: a lattice remains (`second`).
3. Rounds of learning from the lattices of all documents, each bead judged by what the others teach (`refine`).
4. A doubt whether the two sides of a document belong together at all, unless a person confirmed that some sentences do
   (`belonging`).

Confirmed beads cut a document into regions that are searched one by one; they teach like any other bead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from ..model import Bead
from .anchors import Anchors
from .associations import Associations
from .belonging import doubted
from .cooccurrence import Beads
from .corpus import Corpus, Text, read_corpus
from .first import first_path
from .lattice import Lattice
from .model import first_models, fitted_models
from .params import Params
from .paths import Path
from .prior import LONGEST
from .refine import Refiner, Voice
from .region import Document, Ranges, Region, lay_out, moved
from .search import Step
from .second import first_lexicon, likely_steps

Progress = Callable[[int, int], None]
Found = Mapping[Region, Sequence[tuple[Step, float]]]
"""The steps through each region, each with its confidence."""


def align_all(
    texts: Sequence[Text],
    source_language: str,
    target_language: str,
    fixed: Sequence[Sequence[Ranges]],
    params: Params,
    progress: Progress,
    known: Associations | None = None,
    voices: Sequence[Voice] = (),
    *,
    trusted: bool = False,
) -> list[list[Bead]]:
    """Align documents that learn from each other; see `segments.alignment.align_documents`.

    ``trusted`` texts are known to translate each other.
    """
    documents = lay_out([(len(source), len(target)) for source, target, _ in texts], fixed)
    corpus = read_corpus(texts, source_language, target_language, known, all_words=False)
    paths = _search(corpus, documents, params, progress, voices)
    found: dict[Region, list[tuple[Step, float]]] = {}
    for document in documents:
        regions = document.open_regions()
        through = [paths[region] for region in regions]
        judged = through if trusted or document.linked else doubted(through)
        for region, path in zip(regions, judged, strict=True):
            found[region] = list(zip(path.steps, path.confidence.tolist(), strict=True))
    return [[_local(bead, document) for bead in _beads(document, found)] for document in documents]


def _search(
    corpus: Corpus, documents: Sequence[Document], params: Params, progress: Progress, voices: Sequence[Voice]
) -> dict[Region, Path]:
    """Find the best path through every region that has sentences on both sides."""
    owner = {region: number for number, document in enumerate(documents) for region in document.open_regions()}
    if not owner:
        return {}
    work = 2 * len(owner) + params.rounds
    anchors = Anchors.of(corpus.source.anchors, corpus.target.anchors)
    models = first_models(documents, corpus)
    first: dict[Region, list[tuple[Step, float]]] = {}
    for done, (region, number) in enumerate(owner.items()):
        progress(done, work)
        first[region] = [(step, 1.0) for step in first_path(region, corpus, anchors, models[number], params)]
    del anchors  # what is no longer needed goes, here and below: it is much for a long text
    paths = [list(_beads(document, first)) for document in documents]
    models = fitted_models(models, paths, corpus)
    taught = _teaching((bead.source, bead.target) for path in paths for bead in path)
    lexicon = first_lexicon(taught, corpus, params)
    del paths, taught
    lattices = []
    for done, (region, number) in enumerate(owner.items(), len(owner)):
        progress(done, work)
        path = [step for step, _ in first[region]]
        likely = likely_steps(region, path, corpus, models[number], lexicon, params)
        lattices.append(Lattice.of(region, likely, corpus))
    del first, lexicon
    confirmed = _teaching(ranges for document in documents for ranges in document.fixed)
    refiner = Refiner(lattices, [models[number] for number in owner.values()], confirmed, corpus, params, voices)
    for done in range(work - params.rounds, work - 1):
        progress(done, work)
        refiner.round()
    progress(work - 1, work)
    found = dict(zip(owner, refiner.paths(), strict=True))
    progress(work, work)
    return found


def _beads(document: Document, found: Found) -> Iterator[Bead]:
    """Yield the beads of a document, in global numbers: the paths through its regions, the confirmed in between."""
    for region, confirmed in zip_longest(document.regions(), document.fixed):
        for step, confidence in found.get(region) or _unmatched(region):
            source, target = region.source.start + step.row, region.target.start + step.column
            yield Bead(range(source, source + step.rows), range(target, target + step.columns), confidence)
        if confirmed:
            yield Bead(confirmed[0], confirmed[1], 1.0)


def _unmatched(region: Region) -> list[tuple[Step, float]]:
    """Return the steps through a region that has sentences on one side at most."""
    rows = [(Step(row, 0, 1, 0), 1.0) for row in range(len(region.source))]
    return rows + [(Step(len(rows), column, 0, 1), 1.0) for column in range(len(region.target))]


def _teaching(beads: Iterable[Ranges]) -> Beads:
    """Return the beads that can teach: filled on both sides, and short enough to tell words apart."""
    return Beads.of(bead for bead in beads if all(bead) and max(map(len, bead)) <= LONGEST)


def _local(bead: Bead, document: Document) -> Bead:
    """Return a bead in the document's own numbers."""
    places = moved((bead.source, bead.target), -document.source.start, -document.target.start)
    return Bead(*places, bead.confidence)
