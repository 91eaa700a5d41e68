"""Does a document survive? Real documents written back untouched, sentence by sentence, and with every word changed.

    python benchmarks/documents.py [--documents DIR] [--json FILE]

DIR is searched for ``.md`` and ``.txt`` files; the language is the folder's name or the ending of the file's (``-de``).
Without it the folder ``shared/demo`` beside the repository is taken.
"""

import argparse
import json
import platform
from collections import Counter
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from locales import LocalesError
from locales.tags import canonical
from segments import SegmentsError
from segments.documents import identity, pseudo_translate, read_document, write_document

DEMO = Path(__file__).resolve().parents[2] / "shared" / "demo"
COLUMNS = ("documents", "untouched", "identity", "structure", "units", "letters", "reached")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=DEMO)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if not arguments.documents.is_dir():
        print(f"{arguments.documents} is not there: nothing to measure; name a folder with --documents")
        return
    paths = sorted(path for path in arguments.documents.rglob("*") if path.suffix in (".md", ".txt"))
    counts, state = Counter[str](), blake2b(digest_size=6)
    for path in paths:
        data = path.read_bytes()
        state.update(data)
        try:
            counts += measure(path, data)
        except SegmentsError as error:
            print(f"refused: {error}")
    print("".join(f"{name:>12}" for name in COLUMNS))
    print("".join(f"{counts[name]:>12,}" for name in COLUMNS))
    print(f"letters reached: {counts['reached'] / max(1, counts['letters']):.4%}")
    packages = ", ".join(f"{name} {version(name)}" for name in ("hexapla", "markdown-it-py", "sentencex"))
    print(f"{packages}, Python {platform.python_version()}; data {state.hexdigest()}")
    if arguments.json:
        arguments.json.write_text(json.dumps({name: counts[name] for name in COLUMNS}), encoding="utf-8")


def measure(path: Path, data: bytes) -> Counter[str]:
    """Count what one document shows; every failure is named."""
    tag = language(path)
    document = read_document(path.name, data, tag)
    pseudo = pseudo_translate(document, tag)
    verdicts = {
        "untouched": write_document(document, {}, tag) == data,
        "identity": identity(document, tag) == data,
        "structure": pseudo.structure_kept,
    }
    for name, passed in verdicts.items():
        if not passed:
            print(f"{name} fails: {path}")
    counts = Counter({name: int(passed) for name, passed in verdicts.items()})
    counts.update(documents=1, units=len(document.units), letters=pseudo.letters, reached=pseudo.reached)
    return counts


def language(path: Path) -> str:
    """Guess the language from the folder, else from the ending of the name; English where neither says."""
    for candidate in (path.parent.name, path.stem.partition("-")[2]):
        try:
            return canonical(candidate)
        except LocalesError:
            continue
    return "en"


if __name__ == "__main__":
    main()
