"""Measure sentence alignment against hand-made beads: quality, confidence, time and memory, set by set.

    python benchmarks/alignment.py [--gold DIR] [--scorer FILE] [--sets a,b] [--json FILE]

DIR has the sets, ``<set>/<document>/{src,tgt,gold}.txt`` and ``meta.json``; FILE is the scoring program: it runs each
system in a process of its own. Both are looked for in the folder ``shared`` beside the repository. Sets of several
documents are also aligned together (pooled). The hunalign program, where it is on the PATH, is measured as a peer, with
an empty dictionary and the sentences as they are.

Strict F1 counts a bead that is just as in the gold, lax F1 one that shares a link with it. ECE is the expected
calibration error of the confidence. Seconds are user CPU time; MiB the peak of the process, imports included.
"""

import argparse
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from segments import Bead, align, align_documents

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
OURS, POOLED, PEER = "hexapla", "hexapla, pooled", "hunalign"

Found = list[tuple[list[int], list[int], float]]
Row = dict[str, Any]


# ------------------------------------------------------------------------- what the scoring program calls, by its name


def one_document(source: Sequence[str], target: Sequence[str], source_language: str, target_language: str) -> Found:
    """Align a document by itself."""
    return _plain(align(source, target, source_language, target_language))


def all_documents(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], source_language: str, target_language: str
) -> list[Found]:
    """Align the documents of a set together."""
    return [_plain(beads) for beads in align_documents(pairs, source_language, target_language)]


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


def _plain(beads: Sequence[Bead]) -> Found:
    return [(list(bead.source), list(bead.target), bead.confidence) for bead in beads]


# ----------------------------------------------------------------------------------------------------- the measurements


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "alignment")
    parser.add_argument("--scorer", type=Path, default=SHARED / "bench" / "alignment_bench.py")
    parser.add_argument("--sets", help="names of sets, with commas; all of them if left out")
    parser.add_argument("--json", type=Path, help="write the rows of the table to this file too")
    arguments = parser.parse_args()
    for what, path in (("gold", arguments.gold), ("scorer", arguments.scorer)):
        if not path.exists():
            print(f"Nothing is measured: {path} is not there. Name another place with --{what}.")
            return
    there = sorted(path.parent.parent.name for path in arguments.gold.glob("*/*/meta.json"))
    sets = sorted(set(arguments.sets.split(",") if arguments.sets else there))
    if unknown := set(sets) - set(there):
        print(f"Nothing is measured: {arguments.gold} has no set {', '.join(sorted(unknown))}.")
        return
    systems = [OURS, POOLED, *([PEER] if shutil.which(PEER) else [])]
    rows = [row for name in sets for row in measure(name, systems, there.count(name), arguments.gold, arguments.scorer)]
    print_table(rows)
    if PEER not in systems:
        print(f"{PEER} is not on the PATH and was not measured.")
    print(signature(arguments.gold, sets))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def measure(name: str, systems: Sequence[str], documents: int, gold: Path, scorer: Path) -> Iterator[Row]:
    """Yield the row of each system on one set; a single document is not pooled."""
    called = {
        OURS: ("--system", "one_document"),
        POOLED: ("--pooled", "all_documents"),
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


def print_table(rows: Sequence[Row]) -> None:
    """Print a line for each set and system."""
    print(
        f"{'set':14} {'documents':>9}  {'system':16} {'strict F1':>9} {'lax F1':>7} {'ECE':>6} {'user s':>7} {'MiB':>5}"
    )
    for row in rows:
        error = f"{row['ece']:.3f}" if "ece" in row else "-"
        print(
            f"{row['set']:14} {row['documents']:9}  {row['system']:16} {row['fs']:9.4f} {row['fl']:7.4f} {error:>6} "
            f"{row['user']:7.2f} {row['mib']:5.0f}"
        )


def signature(gold: Path, sets: Sequence[str]) -> str:
    """Say what was measured with what: versions, and a hash of every file of the sets."""
    digest = hashlib.sha256()
    for path in sorted(path for name in sets for path in (gold / name).rglob("*") if path.is_file()):
        digest.update(path.relative_to(gold).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return (
        f"hexapla {version('hexapla')} | numpy {version('numpy')} | python {platform.python_version()} | "
        f"gold sha256 {digest.hexdigest()[:12]} | sets {','.join(sets)}"
    )


if __name__ == "__main__":
    main()
