"""Measure sentence alignment against hand-made beads: quality, confidence, time and memory, set by set.

    python benchmarks/alignment.py [--gold DIR] [--scorer FILE] [--sets a,b] [--json FILE] [--diagram FILE]
    python benchmarks/alignment.py --sizes 5000,10000,20000 [--sets a]     # time and memory as a text grows
    python benchmarks/alignment.py --embed use                             # with a model of meaning beside it

DIR has the sets, ``<set>/<document>/{src,tgt,gold}.txt`` and ``meta.json``; FILE is the scoring program: it runs each
system in a process of its own. Both are looked for in the folder ``shared`` beside the repository. Sets of several
documents are also aligned together (pooled). The hunalign program, where it is on the PATH, is measured as a peer, with
an empty dictionary and the sentences as they are.

Strict F1 counts a bead that is just as in the gold, lax F1 one that shares a link with it. ECE is the expected
calibration error of the confidence; "least sure" the share of the errors that the 20 % of the beads with the lowest
confidence hold, of what a perfect order could put there. Seconds are user CPU time; MiB the peak, with all imports
included. ``--diagram`` writes a reliability diagram of all sets as SVG: how often beads of each confidence are right.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from segments import Bead, align, align_documents
from segments.alignment import Embed
from segments.alignment.anchors import Anchors
from segments.alignment.corpus import read_corpus, with_kinds
from segments.alignment.first import first_path
from segments.alignment.model import first_models
from segments.alignment.params import Params
from segments.alignment.region import lay_out
from workflow.embedding import find_embedding

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
EMBED = "HEXAPLA_BENCHMARK_EMBED"
OURS, POOLED, PEER, PLAIN = "hexapla", "hexapla, pooled", "hunalign", "length only"

Found = list[tuple[list[int], list[int], float]]
Row = dict[str, Any]


# ------------------------------------------------------------------------- what the scoring program calls, by its name


def one_document(source: Sequence[str], target: Sequence[str], source_language: str, target_language: str) -> Found:
    """Align a document by itself."""
    return _plain(align(source, target, source_language, target_language, embed=_embed()))


def all_documents(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], source_language: str, target_language: str
) -> list[Found]:
    """Align the documents of a set together."""
    return [_plain(beads) for beads in align_documents(pairs, source_language, target_language, embed=_embed())]


def _embed() -> Embed | None:
    """Return the model of meaning that this run was asked to use."""
    name = os.environ.get(EMBED)
    return find_embedding(name) if name else None


def hunalign(
    source: Sequence[str], target: Sequence[str], source_language: str, target_language: str
) -> list[tuple[list[int], list[int]]]:
    """Align a document with hunalign and an empty dictionary."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("dictionary", "source", "target")]
        for path, lines in zip(paths, ([], source, target), strict=True):
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        ladder = subprocess.run(
            ["hunalign", *map(str, paths)], capture_output=True, check=True, encoding="utf-8"
        ).stdout
    rungs = [tuple(map(int, line.split("\t")[:2])) for line in ladder.splitlines()]
    return [(list(range(i, k)), list(range(j, m))) for (i, j), (k, m) in pairwise(rungs)]


def length_only(
    source: Sequence[str], target: Sequence[str], source_language: str, target_language: str
) -> list[tuple[list[int], list[int]]]:
    """Align a document by lengths alone, as Gale and Church did: the first pass, with nothing for it to meet on."""
    texts = [with_kinds(source, target, None)]
    (document,) = lay_out([(len(source), len(target))], [()])
    corpus = read_corpus(texts, source_language, target_language)
    (model,) = first_models([document], corpus)
    (region,) = document.open_regions()
    path = first_path(region, corpus, Anchors.of([()] * len(source), [()] * len(target)), model, Params())
    return [
        (list(range(step.row, step.row + step.rows)), list(range(step.column, step.column + step.columns)))
        for step in path
    ]


def _plain(beads: Sequence[Bead]) -> Found:
    return [(list(bead.source), list(bead.target), bead.confidence) for bead in beads]


# ----------------------------------------------------------------------------------------------------- the measurements


def options(description: str | None) -> argparse.ArgumentParser:
    """Return a parser that knows where the gold and the scoring program are."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "alignment")
    parser.add_argument("--scorer", type=Path, default=SHARED / "bench" / "alignment_bench.py")
    return parser


def scoring_program(arguments: argparse.Namespace) -> ModuleType:
    """Return the scoring program; ends this one where it or the gold is not there."""
    for what, path in (("gold", arguments.gold), ("scorer", arguments.scorer)):
        if not path.exists():
            raise SystemExit(f"Nothing is measured: {path} is not there. Name another place with --{what}.")
    sys.path.append(str(arguments.scorer.parent))
    return import_module(arguments.scorer.stem)


def main() -> None:
    """Run and print."""
    parser = options(__doc__)
    parser.add_argument("--sets", help="names of sets, with commas; all of them if left out")
    parser.add_argument("--sizes", help="align the first so many sentences, with commas, of each set said end to end")
    parser.add_argument(
        "--embed", metavar="NAME", help="ask this model of meaning too, in all that is measured of ours"
    )
    parser.add_argument("--diagram", type=Path, help="write a reliability diagram to this SVG file")
    parser.add_argument("--json", type=Path, help="write the rows of the table to this file too")
    arguments = parser.parse_args()
    if arguments.embed:
        os.environ[EMBED] = arguments.embed  # each system runs in a process of its own
        find_embedding(arguments.embed)
    scoring_program(arguments)
    there = sorted(path.parent.parent.name for path in arguments.gold.glob("*/*/meta.json"))
    sets = sorted(set(arguments.sets.split(",") if arguments.sets else there))
    if unknown := set(sets) - set(there):
        print(f"Nothing is measured: {arguments.gold} has no set {', '.join(sorted(unknown))}.")
        return
    if arguments.sizes:
        for name in sets:
            measure_growth(name, arguments.sizes.split(","), arguments.gold, arguments.scorer)
        print(signature(arguments.gold, sets))
        return
    systems = [OURS, POOLED, PLAIN, *([PEER] if shutil.which(PEER) else [])]
    rows = [row for name in sets for row in measure(name, systems, there.count(name), arguments.gold, arguments.scorer)]
    print_table(rows)
    if PEER not in systems:
        print(f"{PEER} is not on the PATH and was not measured.")
    print(signature(arguments.gold, sets))
    if arguments.diagram:
        arguments.diagram.write_text(reliability_diagram(arguments.gold, sets), encoding="utf-8")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def measure(name: str, systems: Sequence[str], documents: int, gold: Path, scorer: Path) -> Iterator[Row]:
    """Yield the row of each system on one set; a single document is not pooled."""
    called = {
        OURS: ("--system", "one_document"),
        POOLED: ("--pooled", "all_documents"),
        PLAIN: ("--system", "length_only"),
        PEER: ("--system", "hunalign"),
    }
    for system in systems:
        if system == POOLED and documents == 1:
            continue
        print(f"{name}: {system}", file=sys.stderr)
        option, function = called[system]
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [sys.executable, scorer, gold, "--sets", name, option, f"{system}=alignment:{function}"]
            command += ["--path", REPOSITORY, "--path", Path(__file__).parent, "--json", report]
            subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
            yield json.loads(report.read_text(encoding="utf-8"))[0] | {"documents": documents}


def measure_growth(name: str, sizes: Sequence[str], gold: Path, scorer: Path) -> None:
    """Print CPU, memory and the exponent of growth for texts of several lengths; a short set is repeated."""
    documents = sorted((gold / name).glob("*/meta.json"))
    languages = json.loads(documents[0].read_text(encoding="utf-8"))
    sides = [
        [line for path in documents for line in (path.parent / side).read_text(encoding="utf-8").splitlines()]
        for side in ("src.txt", "tgt.txt")
    ]
    times = -(-max(map(int, sizes)) // len(sides[0]))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / side for side in ("source", "target")]
        for path, lines in zip(paths, sides, strict=True):
            path.write_text("".join(f"{line}\n" for line in lines * times), encoding="utf-8")
        command = [sys.executable, scorer, "--scale", *paths, "--sizes", ",".join(sizes)]
        command += [
            "--langs",
            f"{languages['src']},{languages['tgt']}",
            "--path",
            REPOSITORY,
            "--path",
            Path(__file__).parent,
        ]
        for system, function in ((OURS, "one_document"), (PLAIN, "length_only")):
            command += ["--system", f"{system}=alignment:{function}"]
        subprocess.run(list(map(str, command)), check=True)


def print_table(rows: Sequence[Row]) -> None:
    """Print a line for each set and system."""
    print(
        f"{'set':14} {'documents':>9}  {'system':16} {'strict F1':>9} {'lax F1':>7} {'ECE':>6} {'least sure':>10} "
        f"{'user s':>7} {'MiB':>5}"
    )
    for row in rows:
        error = f"{row['ece']:.3f}" if "ece" in row else "-"
        found = f"{row['err20'] / min(1, 0.2 / row['err']):.2f}" if "ece" in row else "-"
        print(
            f"{row['set']:14} {row['documents']:9}  {row['system']:16} {row['fs']:9.4f} {row['fl']:7.4f} {error:>6} "
            f"{found:>10} {row['user']:7.2f} {row['mib']:5.0f}"
        )


# --------------------------------------------------------------------------------------------- the reliability diagram

_SIDE, _EDGE, _BINS = 400, 40, 10


def reliability_diagram(gold: Path, sets: Sequence[str]) -> str:
    """Return an SVG picture: confidence to the right, the share of right beads upwards, a dot for each tenth.

    A dot on the diagonal is an honest confidence; its area grows with the number of beads, which stands in its title.
    """
    judged = [one for name in sets for one in judged_beads(gold / name)]
    dots = []
    for number in range(_BINS):
        inside = [(sure, right) for sure, right in judged if min(int(sure * _BINS), _BINS - 1) == number]
        if inside:
            sure = sum(confidence for confidence, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            x, y, radius = _EDGE + sure * _SIDE, _EDGE + (1 - share) * _SIDE, 2 + len(inside) ** 0.5 / 8
            title = f"{len(inside)} beads, confidence {sure:.3f}, right {share:.3f}"
            dots.append(
                f'<circle fill="#3566a8" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{title}</title></circle>'
            )
    size, end = _SIDE + 2 * _EDGE, _SIDE + _EDGE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">',
            f'<rect width="{size}" height="{size}" fill="white"/>',
            f'<path d="M{_EDGE} {_EDGE}V{end}H{end}M{_EDGE} {end}L{end} {_EDGE}" fill="none" stroke="#888"/>',
            *dots,
            f'<text x="{size / 2}" y="{size - 10}" text-anchor="middle" fill="black">confidence, 0 to 1</text>',
            f'<text x="{_EDGE}" y="{_EDGE - 12}" fill="black">share of right beads, 0 to 1</text>',
            "</svg>\n",
        ]
    )


def judged_beads(folder: Path) -> list[tuple[float, bool]]:
    """Return the confidence of each bead of a set, aligned together, and whether the gold has it."""
    documents = [path.parent for path in sorted(folder.glob("*/meta.json"))]
    languages = json.loads((documents[0] / "meta.json").read_text(encoding="utf-8"))
    pairs = [
        ((path / "src.txt").read_text("utf-8").split("\n")[:-1], (path / "tgt.txt").read_text("utf-8").split("\n")[:-1])
        for path in documents
    ]
    judged = []
    for path, beads in zip(documents, align_documents(pairs, languages["src"], languages["tgt"]), strict=True):
        right = set((path / "gold.txt").read_text("utf-8").replace(" ", "").splitlines())
        for bead in beads:
            shown = ":".join(",".join(map(str, side)) for side in (bead.source, bead.target))
            judged.append((bead.confidence, shown in right))
    return judged


def signature(gold: Path, sets: Sequence[str]) -> str:
    """Say what was measured with what: versions, and a hash of every file of the sets."""
    digest = hashlib.sha256()
    for path in sorted(path for name in sets for path in (gold / name).rglob("*") if path.is_file()):
        digest.update(path.relative_to(gold).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    model = f" | embed {os.environ[EMBED]}" if os.environ.get(EMBED) else ""
    return (
        f"hexapla {version('hexapla')}{model} | numpy {version('numpy')} | python {platform.python_version()} | "
        f"gold sha256 {digest.hexdigest()[:12]} | sets {','.join(sets)}"
    )


if __name__ == "__main__":
    main()
