"""The template of our own catalogs: every message of the pages and of the editor, taken from the code by way of Babel.

``python -m ui.extraction`` writes ui/catalogs/hexapla.pot; with ``--check`` it lists what is stale or not translated,
and its exit code is 1 if anything is.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.extract import extract_from_dir
from babel.messages.jslexer import Token, tokenize, unquote_string

from locales import Catalog, Entry, State, new_catalog, new_entry, read_catalog, write_atomically

from .messages import CATALOGS, LANGUAGES

TEMPLATE = CATALOGS / "hexapla.pot"
#: A message as Babel takes it from a reader: its line, the function that says it, its texts, comments.
Found = tuple[int, str, tuple[str, ...], list[str]]
_KEYWORDS = {"_": (1,), "n_": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}


def make_template() -> Catalog:
    """Return the template, in the order of the files; the same code makes the same bytes.

    Raises:
        ValueError: the table in ``strings.js`` cannot be read.
    """
    return new_catalog("en", _entries(), template=True, header={"Project-Id-Version": "Hexapla"})


def _entries() -> Iterator[Entry]:
    methods: list[Any] = [("**.py", extract_calls), ("**/strings.js", extract_table)]
    places: dict[tuple[str | None, str], dict[str, None]] = {}
    plurals: dict[tuple[str | None, str], str] = {}
    for name, _, texts, _, context in extract_from_dir(CATALOGS.parent, methods, keywords=_KEYWORDS):
        one, *other = [texts] if isinstance(texts, str) else texts
        places.setdefault((context, one), {})[f"ui/{name}"] = None
        plurals |= dict.fromkeys([(context, one)], *other) if other else {}
    for (context, one), names in places.items():
        yield new_entry(
            msgctxt=context,
            msgid=one,
            msgid_plural=plurals.get((context, one)),
            references=tuple(names),
            flags=("python-brace-format",) if "{" in one else (),
        )


def extract_calls(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[Found]:
    """Give Babel the calls of `_` and `n_` in Python; its own reader sees those in an f-string only from 3.12 on."""
    for node in _in_order(ast.parse(file.read())):
        match node:
            case ast.Call(func=ast.Name(id="_" | "n_" as name), args=arguments):
                texts = [each.value for each in arguments if isinstance(each, ast.Constant)]
                yield node.lineno, name, tuple(text for text in texts if isinstance(text, str)), []


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def extract_table(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[Found]:
    """Give Babel the messages of the table ENGLISH in JavaScript; the key of each is its context.

    Raises:
        ValueError: there is no such table, or its values are neither texts nor pairs of ``one`` and ``other``.
    """
    tokens = (token for token in tokenize(file.read().decode()) if "comment" not in token.type)
    if not any(token.value == "ENGLISH" for token in tokens) or [next(tokens).value for _ in "={"] != ["=", "{"]:
        raise ValueError(f"{file.name}: no table ENGLISH")
    for line, key, value in _table(tokens):
        if isinstance(value, str):
            yield line, "pgettext", (key, value), []
        else:
            forms = {name: text for _, name, text in value}
            yield line, "npgettext", (key, str(forms["one"]), str(forms["other"])), []


def _table(tokens: Iterator[Token]) -> Iterator[tuple[int, str, Any]]:
    """Read a table up to its closing brace: the line, the key and the value of each, a text or a table again."""
    for key in tokens:
        if key.value == "}":
            return
        if key.value == ",":
            continue
        colon, value = next(tokens), next(tokens)
        if colon.value != ":" or (value.value != "{" and value.type != "string"):
            raise ValueError(f"line {key.lineno}: {key.value} has no text")
        name = unquote_string(key.value) if key.type == "string" else key.value
        yield key.lineno, name, list(_table(tokens)) if value.value == "{" else unquote_string(value.value)


def problems(template: Catalog) -> Iterator[str]:
    """Say what is stale or unfinished in the catalogs that lie on the disk, a line each."""
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != template.to_bytes():
        yield f"{TEMPLATE}: is older than the code; run make words"
    wanted = [_identity(entry) for entry in template]
    for tag in LANGUAGES[1:]:
        path = CATALOGS / tag / "LC_MESSAGES" / "hexapla.po"
        entries = [entry for entry in read_catalog(path) if not entry.obsolete]
        if [_identity(entry) for entry in entries] != wanted:
            yield f"{path}: does not follow the template; run make words"
        yield from (f"{path}:{entry.line}: is to be translated: {entry.msgid}" for entry in _unfinished(entries))


def _identity(entry: Entry) -> tuple[str | None, str, str | None]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _unfinished(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.state < State.TRANSLATED)


def main(arguments: list[str]) -> int:
    """Write the template, or check; return the exit code."""
    template = make_template()
    if arguments != ["--check"]:
        write_atomically(Path(TEMPLATE), template.to_bytes())
        return 0
    found = list(problems(template))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
