"""Measure sentence splitting against gold texts, with the engine by itself as the peer in the same run.

    python benchmarks/splitting.py [--gold DIR] [--scorer FILE] [--sample N]

DIR has the gold (``*.jsonl``), FILE is the scoring program; it runs each splitter in a process of its own. Both are
looked for in the folder ``shared`` beside the repository.
"""

import argparse
import os
import platform
import subprocess
import sys
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from segments.splitting import SPLITTER

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "segmentation")
    parser.add_argument("--scorer", type=Path, default=SHARED / "bench" / "segmentation_bench.py")
    parser.add_argument("--sample", type=int, default=1, help="only every Nth text")
    arguments = parser.parse_args()
    missing = [str(path) for path in (arguments.gold, arguments.scorer) if not path.exists()]
    if missing:
        print(f"{' and '.join(missing)} not there: nothing to measure; name them with --gold and --scorer")
        return
    paths = [str(REPOSITORY), str(arguments.scorer.parent), os.environ.get("PYTHONPATH", "")]
    peer, ours = "splitting_peers:sentencex", "split_adapter:run"
    command = [sys.executable, str(arguments.scorer), "--gold", str(arguments.gold), "--base", peer, "--seg", ours]
    subprocess.run(
        [*command, "--sample", str(arguments.sample)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        check=True,
    )
    state = blake2b(digest_size=6)
    for path in sorted(arguments.gold.glob("*.jsonl")):
        state.update(path.read_bytes())
    print(f"hexapla {version('hexapla')}, {SPLITTER}, Python {platform.python_version()}; data {state.hexdigest()}")


if __name__ == "__main__":
    main()
