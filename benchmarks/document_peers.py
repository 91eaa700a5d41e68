"""What others make of documents: each peer takes them apart and puts them together again, and how fast.

Peers are of two kinds. Tools do what Hexapla does: they take a document apart into texts for a translator and write it
back. Parsers only read and write it; they do less, and where they are written in C they are faster than any tool.
"""

import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import version
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from document_tools import run_tool, tools

from segments.documents import read_document, write_document

__all__ = ["Row", "peers", "print_peers", "rebuilt", "timed"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Peer = tuple[str, str, Callable[[Any, Any], Any]]
"""The package, the module that shows that it is installed, and what rebuilds a document with it: a text, or bytes."""
TRANSLATING = frozenset({"mdpo"})
ARCHIVES = frozenset({"docx", "epub", "odt"})
RUNS = range(2, 10)  # of which the fastest counts; as many as fit in
ENOUGH = 0.05  # seconds: a busy machine is seen least in short runs


def _marko(marko: Any, text: str) -> str:
    renderer = import_module("marko.md_renderer").MarkdownRenderer
    return str(marko.Markdown(renderer=renderer)(text))


def _mdpo(mdpo: Any, text: str) -> str:
    catalog = import_module("mdpo.md2po").markdown_to_pofile(text)
    for entry in catalog:
        entry.msgstr = entry.msgid
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.po"
        catalog.save(str(path))
        return str(import_module("mdpo.po2md").pofile_to_markdown(text, [str(path)]))


def _mistune(mistune: Any, text: str) -> str:
    renderer = import_module("mistune.renderers.markdown").MarkdownRenderer()
    return str(mistune.create_markdown(renderer=renderer)(text))


def _webvtt(webvtt: Any, text: str) -> str:
    output = StringIO()
    webvtt.from_string(text).write(output)
    return output.getvalue()


def _python_docx(docx: Any, data: bytes) -> bytes:
    document, output = docx.Document(BytesIO(data)), BytesIO()
    for paragraph in document.element.body.iter(f"{W}p"):
        docx.text.paragraph.Paragraph(paragraph, document).text  # noqa: B018
    document.save(output)
    return output.getvalue()


def _odfdo(odfdo: Any, data: bytes) -> bytes:
    document, output = odfdo.Document(BytesIO(data)), BytesIO()
    for name in ("content", "styles"):
        for element in document.get_part(f"{name}.xml").root.get_elements("//text:p|//text:h"):
            element.text_recursive  # noqa: B018
    document.save(output)
    return output.getvalue()


def _odfpy(opendocument: Any, data: bytes) -> bytes:
    document, output = opendocument.load(BytesIO(data)), BytesIO()
    extract, names = import_module("odf.teletype").extractText, import_module("odf.text")
    for kind in (names.P, names.H):
        for element in document.getElementsByType(kind):
            extract(element)
    document.write(output)
    return output.getvalue()


PEERS: dict[str, tuple[Peer, ...]] = {
    "docx": (("python-docx", "docx", _python_docx),),
    "html": (
        ("beautifulsoup4", "bs4", lambda bs4, text: str(bs4.BeautifulSoup(text, "html.parser"))),
        ("html5lib", "html5lib", lambda html5lib, text: str(html5lib.serialize(html5lib.parse(text)))),
        (
            "lxml",
            "lxml.html",
            lambda lxml, text: str(lxml.tostring(lxml.document_fromstring(text), encoding="unicode")),
        ),
    ),
    "markdown": (
        ("marko", "marko", _marko),
        ("mdformat", "mdformat", lambda mdformat, text: str(mdformat.text(text))),
        ("mdpo", "mdpo.po2md", _mdpo),
        ("mistune", "mistune", _mistune),
    ),
    "odt": (("odfdo", "odfdo", _odfdo), ("odfpy", "odf.opendocument", _odfpy)),
    "srt": (
        ("pysubs2", "pysubs2", lambda pysubs2, text: str(pysubs2.SSAFile.from_string(text).to_string("srt"))),
        ("srt", "srt", lambda srt, text: str(srt.compose(srt.parse(text), reindex=False))),
    ),
    "vtt": (
        ("pysubs2", "pysubs2", lambda pysubs2, text: str(pysubs2.SSAFile.from_string(text).to_string("vtt"))),
        ("webvtt-py", "webvtt", _webvtt),
    ),
}


@dataclass(frozen=True)
class Row:
    """A peer; what it made of each document, None where it failed; and the seconds it took for those it did not fail.

    ``translates`` tells that it is a tool, not a parser; ``program`` that its seconds are for all documents, as nobody
    can tell how many went into those it failed.
    """

    name: str
    made: Sequence[bytes | None]
    seconds: float
    translates: bool
    program: bool = False


def peers(kind: str, documents: Sequence[bytes], programs: Path | None) -> Iterator[Row]:
    """Yield what each peer that is installed makes of documents, programs included where there is a folder of them."""
    warnings.simplefilter("ignore")
    for package, module, rebuild in PEERS.get(kind, ()):
        try:
            loaded = import_module(module)
        except ImportError:
            print(f"{package} is not installed")
            continue
        results = [timed(partial(_made, kind, partial(rebuild, loaded)), data) for data in documents]
        seconds = sum(seconds for made, seconds in results if made is not None)
        yield Row(f"{package} {version(package)}", [made for made, _ in results], seconds, package in TRANSLATING)
    for tool in tools(kind, programs) if programs else ():
        made, seconds = run_tool(tool, kind, documents)
        yield Row(tool.name, made, seconds, tool.translates, program=True)


def timed(rebuild: Callable[[bytes], bytes], data: bytes) -> tuple[bytes | None, float]:
    """Return what is made of a document, None where that fails, and the seconds of processor time it takes."""
    seconds: list[float] = []
    made = None
    while len(seconds) < RUNS.start or (len(seconds) < RUNS.stop and sum(seconds) < ENOUGH):
        start = time.process_time()
        try:
            made = rebuild(data)
        except Exception:
            return None, 0.0
        seconds.append(time.process_time() - start)
    return made, min(seconds)


def rebuilt(name: str, language: str, data: bytes) -> bytes:
    """Read a document and write it back with each unit as its own translation: what Hexapla is timed at."""
    document = read_document(name, data, language)
    return write_document(document, {index: unit.text for index, unit in enumerate(document.units)}, language)


def print_peers(
    rows: Sequence[Row],
    documents: Sequence[bytes],
    ours: Sequence[float],
    verdicts: Sequence[Callable[[bytes, bytes], bool]],
    width: int,
    others: int,
) -> dict[str, float]:
    """Print the rows of peers, and how many times as fast Hexapla is on the documents that each can read; on
    all for a program.

    ``ours`` are the seconds it took for each document. ``verdicts`` compare what was made of a document with it, a
    column each; then come ``others`` that are of no peer.
    """
    ratios: dict[str, float] = {}
    for row in rows:
        pairs = [(made, data) for made, data in zip(row.made, documents, strict=True) if made is not None]
        size = sum(len(data) for _, data in pairs)
        own = sum(seconds for made, seconds in zip(row.made, ours, strict=True) if row.program or made is not None)
        ratios[row.name] = row.seconds / max(own, 1e-9)
        same = "".join(f"{sum(verdict(*pair) for pair in pairs):>{width},}" for verdict in verdicts)
        speed = size / 1e6 / max(row.seconds, 1e-9)
        line = f"{row.name:<26}{len(documents):>{width},}{same}" + f"{'–':>{width}}" * others + f"{speed:>{width}.2f}"
        failed = len(documents) - len(pairs)
        print(f"{line}{ratios[row.name]:>{width}.2f}" + (f"  ({failed} failed)" if failed else ""))
    for what, translates in (("tool that translates", True), ("parser", False)):
        found = {row.name: ratios[row.name] for row in rows if row.translates is translates and any(row.made)}
        if found:
            fastest = min(found, key=lambda name: found[name])
            print(f"fastest {what}: {fastest}; hexapla is {found[fastest]:.2f} times as fast")
    return ratios


def _made(kind: str, rebuild: Callable[[Any], Any], data: bytes) -> bytes:
    if kind in ARCHIVES:
        return bytes(rebuild(data))
    return str(rebuild(data.decode("utf-8", "replace"))).encode("utf-8", "replace")
