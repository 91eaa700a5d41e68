"""Measure whether texts that do not translate each other are told from those that do.

    python benchmarks/belonging.py [--gold DIR] [--scorer FILE] [--sets a,b] [--sizes 10,20,40,80,200]

DIR and FILE are those of `benchmarks/alignment.py`. The documents of each set are cut, where the gold has a border,
into parts of so many source sentences (0: whole documents), a dozen of each size at most. Each part is aligned to its
own translation and to that of another part. Printed are how many of these pairs `hexapla align --check` judges wrongly,
the least mean confidence of a right pair, the greatest of a wrong one, and the area under the ROC curve: the share of
right and wrong pairs of which the right one is surer.
"""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from alignment import options, scoring_program, signature

from segments import align
from workflow.plausibility import plausibility

MOST_PARTS = 12


class Part(NamedTuple):
    """A stretch of a document and its translation."""

    source: list[str]
    target: list[str]
    languages: tuple[str, str]


def main() -> None:
    """Run and print."""
    parser = options(__doc__)
    parser.add_argument("--sets", help="names of sets, with commas; all of them if left out")
    parser.add_argument("--sizes", default="10,20,40,80,200,0")
    arguments = parser.parse_args()
    scorer = scoring_program(arguments)
    there = sorted({path.parent.parent.name for path in arguments.gold.glob("*/*/meta.json")})
    sets = arguments.sets.split(",") if arguments.sets else there
    print("sentences  right pairs  doubted  least  wrong pairs  missed   most     AUC")
    for size in map(int, arguments.sizes.split(",")):
        report(size, [list(parts(arguments.gold / name, size, scorer)) for name in sets])
    print(signature(arguments.gold, sets))


def report(size: int, sets: Sequence[Sequence[Part]]) -> None:
    """Print the line of one size."""
    chosen = [random.Random(size).sample(found, min(len(found), MOST_PARTS)) for found in sets]
    right = [judge(part, part) for found in chosen for part in found]
    others = [pair for found in chosen for pair in zip(found, found[1:] + found[:1], strict=True)]
    wrong = [judge(one, other) for one, other in others if one is not other]
    if not wrong:
        return
    surer = sum((one > other) + (one == other) / 2 for one, _ in right for other, _ in wrong)
    doubted, missed = sum(doubt for _, doubt in right), sum(not doubt for _, doubt in wrong)
    print(
        f"{size or 'whole':>9} {len(right):12} {doubted:8} {min(right)[0]:6.2f} {len(wrong):12} {missed:7} "
        f"{max(wrong)[0]:6.2f}  {surer / len(right) / len(wrong):.4f}",
        flush=True,
    )


def judge(source: Part, target: Part) -> tuple[float, bool]:
    """Return the mean confidence of a pair of texts, and whether it is doubted."""
    judged = plausibility(align(source.source, target.target, *source.languages))
    return judged.confidence, judged.doubt is not None


def parts(folder: Path, size: int, scorer: object) -> Iterator[Part]:
    """Yield the parts of all documents of a set."""
    for path in sorted(folder.glob("*/meta.json")):
        meta = json.loads(path.read_text(encoding="utf-8"))
        source, target = (scorer.read_lines(path.parent / side) for side in ("src.txt", "tgt.txt"))
        borders = [(0, 0), (len(source), len(target))]
        for rows, columns in scorer.read_beads(path.parent / "gold.txt"):
            if size and rows and columns and rows[0] >= borders[-2][0] + size and columns[0] > borders[-2][1]:
                borders.insert(-1, (rows[0], columns[0]))
        for (row, column), (last_row, last_column) in pairwise(borders):
            yield Part(source[row:last_row], target[column:last_column], (meta["src"], meta["tgt"]))


if __name__ == "__main__":
    main()
