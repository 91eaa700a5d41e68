"""Measure what a document gains from the word pairs that other documents taught.

    python benchmarks/associations.py [--gold DIR] [--scorer FILE] [--sets mac_dev,textberg_dev,mag]

DIR and FILE are those of `benchmarks/alignment.py`. Each document is aligned by itself, with all others of its set
(pooled), and starting from what the others taught, after they were aligned without it. A set of one document is cut
into blocks at beads of the gold. The last lines tell what a confirmed bead should count: half of every other document
is as the gold has it and has that weight. All figures are strict F1.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from alignment import options, scoring_program, signature

from locales.tags import language_gap
from segments import Bead, align, align_documents
from segments.alignment import Associations, Lesson, learn

SETS = "mac_dev,textberg_dev,mag"
BLOCKS = 5
WEIGHTS = (1.0, 1.5, 2.0, 3.0)

Ranges = tuple[range, range]


class Document(NamedTuple):
    """The sentences of both sides and the beads of the gold."""

    source: list[str]
    target: list[str]
    gold: list[Ranges]


def main() -> None:
    """Run and print."""
    parser = options(__doc__)
    parser.add_argument("--sets", default=SETS)
    arguments = parser.parse_args()
    scorer = scoring_program(arguments)
    sets = arguments.sets.split(",")
    for name in sets:
        documents, source, target = read_set(arguments.gold / name, scorer)
        for label, beads in variants(documents, source, target):
            pairs = [
                (document.gold, [(bead.source, bead.target) for bead in found])
                for document, found in zip(documents, beads, strict=True)
            ]
            print(f"{name:14} {len(documents)} documents  {label:32} {scorer.score(pairs)['fs']:.4f}", flush=True)
    print(signature(arguments.gold, sets))


def variants(documents: Sequence[Document], source: str, target: str) -> Iterator[tuple[str, list[list[Bead]]]]:
    """Yield the beads of all documents as each way of learning finds them."""
    texts = [(document.source, document.target) for document in documents]
    yield "each by itself", [align(*pair, source, target) for pair in texts]
    pooled = align_documents(texts, source, target)
    yield "pooled", pooled

    def taught(number: int, weight: float | None) -> Associations:
        others = documents[:number] + documents[number + 1 :]
        if weight is None:
            found = align_documents([(other.source, other.target) for other in others], source, target)
        else:
            found = pooled[:number] + pooled[number + 1 :]
        pairs = zip(others, found, strict=True)
        return Associations.joined([learn(lessons(*pair, source, target, weight), source, target) for pair in pairs])

    for weight in (None, *WEIGHTS):
        label = "taught by others" if weight is None else f"half of them confirmed, weight {weight}"
        yield label, [align(*pair, source, target, known=taught(n, weight)) for n, pair in enumerate(texts)]


def lessons(document: Document, found: Sequence[Bead], source: str, target: str, weight: float | None) -> list[Lesson]:
    """Return what a document teaches; with a weight, its first half is confirmed."""
    half = len(document.source) // 2 if weight is not None else 0
    beads = [(rows, columns, weight or 1.0) for rows, columns in document.gold if rows and rows.stop <= half]
    beads += [(bead.source, bead.target, bead.confidence) for bead in found if bead.source.start >= half]
    return [
        Lesson(
            language_gap(source).join(document.source[i] for i in rows),
            language_gap(target).join(document.target[j] for j in columns),
            counts,
        )
        for rows, columns, counts in beads
        if rows and columns
    ]


def read_set(folder: Path, scorer: object) -> tuple[list[Document], str, str]:
    """Read the documents of a set, a single one as blocks, and the languages."""
    documents = []
    for path in sorted(folder.iterdir()):
        meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
        sides = [
            (path / name).read_text(encoding="utf-8").removesuffix("\n").split("\n") for name in ("src.txt", "tgt.txt")
        ]
        documents.append(Document(*sides, [tuple(map(_range, bead)) for bead in scorer.read_beads(path / "gold.txt")]))
    return documents if len(documents) > 1 else list(blocks(documents[0])), meta["src"], meta["tgt"]


def blocks(document: Document) -> Iterator[Document]:
    """Cut a document into blocks of about the same size, where the gold has sentences on both sides."""
    row = column = 0
    beads: list[Ranges] = []
    for rows, columns in [*document.gold, (range(len(document.source), 1 << 30), range(len(document.target), 1 << 30))]:
        if rows and columns and rows.start >= row + len(document.source) / BLOCKS - 1:
            source, target = document.source[row : rows.start], document.target[column : columns.start]
            yield Document(source, target, [(_moved(left, row), _moved(right, column)) for left, right in beads])
            row, column, beads = rows.start, columns.start, []
        beads.append((rows, columns))


def _range(numbers: Sequence[int]) -> range:
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)


def _moved(numbers: range, by: int) -> range:
    return range(numbers.start - by, numbers.stop - by) if numbers else numbers


if __name__ == "__main__":
    main()
