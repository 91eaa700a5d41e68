"""How are documents aligned, from the first look to the last? All passes in order."""

from collections.abc import Callable, Iterable, Sequence

from ..model import Bead
from .anchors import Anchors
from .cooccurrence import Beads
from .corpus import read_corpus
from .first import first_path
from .lattice import Lattice
from .model import Model, first_models, fitted_models
from .params import Params
from .prior import LONGEST
from .refine import Refiner
from .region import Document, Ranges, Region, lay_out
from .search import Step
from .second import first_lexicon, likely_steps

Pair = tuple[Sequence[str], Sequence[str]]


def align_all(
    pairs: Sequence[Pair],
    source_language: str,
    target_language: str,
    fixed: Sequence[Sequence[Ranges]],
    params: Params,
) -> list[list[Bead]]:
    """Align documents that learn from each other; see `segments.alignment.align_documents`."""
    corpus = read_corpus(pairs, source_language, target_language)
    documents = lay_out([(len(source), len(target)) for source, target in pairs], fixed)
    open_regions = [
        (number, region)
        for number, document in enumerate(documents)
        for region in document.regions()
        if region.source and region.target
    ]
    models = first_models(documents, corpus)
    anchors = Anchors.of(corpus.source.anchors, corpus.target.anchors)
    first = {region: first_path(region, corpus, anchors, models[number], params) for number, region in open_regions}
    paths = [_whole(document, first) for document in documents]
    models = fitted_models(models, paths, corpus)
    teaching = Beads.of(
        bead for path in paths for bead in path if bead[0] and bead[1] and max(map(len, bead)) <= LONGEST
    )
    tables = first_lexicon(teaching, corpus, params)
    lattices = [
        Lattice.of(region, likely_steps(region, first[region], corpus, models[number], tables, params))
        for number, region in open_regions
    ]
    confirmed = Beads.of(
        bead
        for document in documents
        for bead in document.fixed
        if bead[0] and bead[1] and max(map(len, bead)) <= LONGEST
    )
    refiner = Refiner(lattices, [models[number] for number, _ in open_regions], confirmed, corpus, params)
    for _ in range(params.rounds - 1):
        refiner.round()
    final = dict(zip([region for _, region in open_regions], refiner.paths(), strict=True))
    out = []
    for document in documents:
        beads = []
        regions = document.regions()
        for region, bead in zip(regions, [*document.fixed, None]):
            if region in final:
                for step, p in final[region]:
                    i, j = (
                        region.source.start + step.row - document.source.start,
                        region.target.start + step.column - document.target.start,
                    )
                    beads.append(Bead(range(i, i + step.rows), range(j, j + step.columns), p))
            else:
                s0, t0 = document.source.start, document.target.start
                for i in region.source:
                    beads.append(
                        Bead(range(i - s0, i - s0 + 1), range(region.target.start - t0, region.target.start - t0), 1.0)
                    )
                for j in region.target:
                    beads.append(
                        Bead(range(region.source.stop - s0, region.source.stop - s0), range(j - t0, j - t0 + 1), 1.0)
                    )
            if bead:
                s0, t0 = document.source.start, document.target.start
                beads.append(
                    Bead(
                        range(bead[0].start - s0, bead[0].stop - s0), range(bead[1].start - t0, bead[1].stop - t0), 1.0
                    )
                )
        out.append(beads)
    return out


def _whole(document, first):
    out = []
    for region, bead in zip(document.regions(), [*document.fixed, None]):
        for s in first.get(region, ()):
            i, j = region.source.start + s.row, region.target.start + s.column
            out.append((range(i, i + s.rows), range(j, j + s.columns)))
        if bead:
            out.append(bead)
    return out
