"""What others make of a document: each peer takes a text apart and puts it together again."""

import tempfile
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

__all__ = ["PEERS", "Peer"]

Peer = tuple[str, str, Callable[[Any, str], str]]
"""The package, the module that shows that it is installed, and what rebuilds a text with it."""


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


PEERS: dict[str, tuple[Peer, ...]] = {
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
    "srt": (
        ("pysubs2", "pysubs2", lambda pysubs2, text: str(pysubs2.SSAFile.from_string(text).to_string("srt"))),
        ("srt", "srt", lambda srt, text: str(srt.compose(srt.parse(text), reindex=False))),
    ),
    "vtt": (
        ("pysubs2", "pysubs2", lambda pysubs2, text: str(pysubs2.SSAFile.from_string(text).to_string("vtt"))),
        ("webvtt-py", "webvtt", _webvtt),
    ),
}
