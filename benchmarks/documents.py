"""Does a document survive? Real documents written back untouched, sentence by sentence, and with every word changed.

    python benchmarks/documents.py [--documents DIR] [--json FILE]

DIR is searched for ``.md`` and ``.txt`` files; the language is the folder's name or the ending of the file's (``-de``).
Without it the folder ``shared/demo`` beside the repository is taken.

``letters`` are those of human text by the reader that is measured. ``shown`` are those that markdown-it renders, code
left out, and ``human`` what remains of them without anchors, placeholders, includes, block markers and addresses; both
are counted from the renderer's tokens, so that text which the reader overlooks is missed all the same.
"""

import argparse
import json
import platform
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from locales import LocalesError
from locales.tags import canonical
from segments import SegmentsError
from segments.documents import identity, pseudo_translate, read_document, write_document

DEMO = Path(__file__).resolve().parents[2] / "shared" / "demo"
COLUMNS = ("documents", "untouched", "identity", "structure", "units", "letters", "reached", "shown", "human")
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)
SEEN_VALUE = re.compile(r"(?m)^(?:title|description)\s*:(.*)$")
SEEN_ATTRIBUTE = re.compile(r"""\s(?:alt|title)=(?:"([^"]*)"|'([^']*)')""")
HTML = re.compile(r"(?s)<!--.*?-->|<(script|style|pre|code|kbd)\b.*?</\1>|<[^>]*>")
MACHINE = re.compile(r"\{[^{}]*\}|^/{3,} *\w*|https?://\S+|\S+@\S+\.\w+")


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
    shares = (f"{counts['reached'] / max(1, counts[name]):.2%} of {name}" for name in ("letters", "human", "shown"))
    print("letters reached:", ", ".join(shares))
    packages = ", ".join(f"{name} {version(name)}" for name in ("hexapla", "markdown-it-py"))
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
    texts = list(shown(document.text)) if document.format == "markdown" else document.text.splitlines()
    counts.update(shown=letters(texts), human=letters([MACHINE.sub("", text) for text in texts]))
    return counts


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
    for found in SEEN_ATTRIBUTE.finditer(html):
        yield found[1] or found[2] or ""


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
