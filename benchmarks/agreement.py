"""Measure what translations into other languages tell about the alignment of one.

    python benchmarks/agreement.py [--gold DIR] [--scorer FILE] [--groups udhr,handbook]

DIR and FILE are those of `benchmarks/alignment.py`. A group is all sets of DIR whose names begin with it: they have one
English source, cut a little differently in each. A source sentence that is two of another set is cut there, those that
any set lacks are left out, and so all sets get one and the same source. Each text is aligned by itself and with the
others as witnesses: whole, and in parts of some sentences that end where all sets have one-to-one beads. Strict F1, all
parts of a set together.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from alignment import options, scoring_program, signature

from segments import Bead, align
from segments.alignment import Witness

SIZES = (40, 90, 300)
MOST_PARTS = 6


class Text(NamedTuple):
    """A translation and the beads of the gold, by sentence numbers."""

    target: list[str]
    gold: list[tuple[list[int], list[int]]]


class Group(NamedTuple):
    """One source and its translations, by language."""

    source: list[str]
    texts: dict[str, Text]


def main() -> None:
    """Run and print."""
    parser = options(__doc__)
    parser.add_argument("--groups", default="udhr,handbook")
    arguments = parser.parse_args()
    scorer = scoring_program(arguments)
    sets = []
    for name in arguments.groups.split(","):
        paths = sorted(path for path in arguments.gold.glob(f"{name}_*") if path.is_dir())
        sets += [path.name for path in paths]
        whole = read_group(paths, scorer)
        for label, groups in [("whole", [whole]), *((f"{n} sentences", list(parts(whole, n))) for n in SIZES)]:
            if groups:
                report(f"{name}, {label}", groups[:MOST_PARTS], scorer)
    print(signature(arguments.gold, sets))


def report(label: str, groups: Sequence[Group], scorer: object) -> None:
    """Print the figures of every language of some groups, each by itself and with the others as witnesses."""
    alone = [
        {tag: align(group.source, text.target, "en", tag) for tag, text in group.texts.items()} for group in groups
    ]
    agreed = [
        {tag: with_witnesses(group, tag, beads) for tag in group.texts}
        for group, beads in zip(groups, alone, strict=True)
    ]
    for kind, found in (("alone", alone), ("with the others", agreed)):
        scores = {}
        for tag in groups[0].texts:
            pairs = [
                (group.texts[tag].gold, [(bead.source, bead.target) for bead in beads[tag]])
                for group, beads in zip(groups, found, strict=True)
            ]
            scores[tag] = scorer.score(pairs)["fs"]
        mean = sum(scores.values()) / len(scores)
        shown = "  ".join(f"{tag} {score:.4f}" for tag, score in scores.items())
        print(f"{label:24} x{len(groups)}  {kind:16} mean {mean:.4f}  {shown}", flush=True)


def with_witnesses(group: Group, language: str, found: Mapping[str, Sequence[Bead]]) -> list[Bead]:
    """Align one translation with all others as witnesses."""
    others = [Witness(group.texts[tag].target, tag, beads) for tag, beads in found.items() if tag != language]
    return align(group.source, group.texts[language].target, "en", language, witnesses=others)


def read_group(folders: Sequence[Path], scorer: object) -> Group:
    """Read the sets and bring them to one source."""
    sources = {folder.name.split("_")[1]: scorer.read_lines(folder / "0" / "src.txt") for folder in folders}
    known = {line for lines in sources.values() for line in lines}
    cut = {
        tag: [(part, i) for i, line in enumerate(lines) for part in atoms(line, known)]
        for tag, lines in sources.items()
    }
    common = [part for part, _ in next(iter(cut.values()))]
    for parts_of in cut.values():
        common = [common[i] for i, _ in matches(common, [part for part, _ in parts_of])]
    texts = {}
    for folder, (tag, parts_of) in zip(folders, cut.items(), strict=True):
        places: dict[int, list[int]] = {}
        for i, other in matches(common, [part for part, _ in parts_of]):
            places.setdefault(parts_of[other][1], []).append(i)
        beads = scorer.read_beads(folder / "0" / "gold.txt")
        gold = [([place for i in rows for place in places.get(i, [])], list(columns)) for rows, columns in beads]
        texts[tag] = Text(scorer.read_lines(folder / "0" / "tgt.txt"), [bead for bead in gold if any(bead)])
    return Group(common, texts)


def atoms(line: str, known: set[str]) -> list[str]:
    """Cut a line where both parts are lines of some set."""
    words = line.split(" ")
    for place in range(1, len(words)):
        left, right = " ".join(words[:place]), " ".join(words[place:])
        if left in known and right in known:
            return [*atoms(left, known), *atoms(right, known)]
    return [line]


def matches(one: list[str], other: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of the lines that two lists have in common, in order."""
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield from zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True)


def parts(group: Group, size: int) -> Iterator[Group]:
    """Cut a group into parts of at least ``size`` sentences."""
    single = {
        tag: {rows[0]: columns[0] for rows, columns in text.gold if len(rows) == len(columns) == 1}
        for tag, text in group.texts.items()
    }
    cuts: list[int] = []
    for place in sorted(set.intersection(*(set(places) for places in single.values()))):
        if not cuts or place - cuts[-1] >= size:
            cuts.append(place)
    for start, stop in pairwise(cuts):
        texts = {}
        for tag, text in group.texts.items():
            first, last = single[tag][start], single[tag][stop]
            texts[tag] = Text(
                text.target[first:last],
                [
                    ([i - start for i in rows], [j - first for j in columns])
                    for rows, columns in text.gold
                    if (start <= rows[0] < stop if rows else first <= columns[0] < last)
                ],
            )
        yield Group(group.source[start:stop], texts)


if __name__ == "__main__":
    main()
