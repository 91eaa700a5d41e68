"""Measure how long it takes to align a stretch of a document anew, against the whole of it.

    python benchmarks/realign.py [--gold DIR] [--set steinbeck] [--sentences 5000] [--stretch 500]

DIR is that of `benchmarks/alignment.py`. The document is aligned as a whole, what it taught is kept, and a stretch in
its middle, between two of its beads, is aligned again with that. Seconds are user CPU time of the one process.
"""

import argparse
import json
import time
from pathlib import Path

from alignment import SHARED, signature

from segments import align
from segments.alignment import Lesson, align_stretch, from_bytes, learn, to_bytes


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "alignment")
    parser.add_argument("--set", default="steinbeck")
    parser.add_argument("--sentences", type=int, default=5000)
    parser.add_argument("--stretch", type=int, default=500)
    arguments = parser.parse_args()
    folder = arguments.gold / arguments.set / "0"
    if not folder.exists():
        print(f"Nothing is measured: {folder} is not there. Name another place with --gold.")
        return
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    source, target = (
        (folder / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")[: arguments.sentences]
        for name in ("src.txt", "tgt.txt")
    )
    languages = meta["src"], meta["tgt"]
    started = time.process_time()
    beads = align(source, target, *languages)
    whole = time.process_time() - started
    lessons = [
        Lesson(" ".join(source[i] for i in b.source), " ".join(target[j] for j in b.target), b.confidence)
        for b in beads
        if b.source and b.target
    ]
    kept = to_bytes(learn(lessons, *languages))
    middle = (len(source) - arguments.stretch) // 2
    first = next(bead for bead in beads if bead.source.start >= middle)
    last = next(bead for bead in beads if bead.source.start >= middle + arguments.stretch)
    between = range(first.source.start, last.source.start), range(first.target.start, last.target.start)
    started = time.process_time()
    again = align_stretch(source, target, *languages, between, known=from_bytes(kept))
    part = time.process_time() - started
    same = sum(bead.source == other.source and bead.target == other.target for bead in again for other in beads)
    print(f"whole    {len(source)} sentences  {whole:6.2f} s")
    print(f"stretch  {len(between[0])} sentences   {part:6.2f} s  ratio {part / whole:.3f}")
    print(f"kept word pairs {len(kept) / 2**20:.1f} MiB; {same} of {len(again)} beads as in the whole")
    print(signature(arguments.gold, [arguments.set]))


if __name__ == "__main__":
    main()
