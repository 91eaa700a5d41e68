"""Changes word by word, as a terminal shows them."""

import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from locales.diff import Piece

_COLOURS = {"removed": "red", "added": "green"}
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
# What would move the cursor, colour the terminal, or not be seen at all.
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u2060\u202a-\u202e\u2066-\u2069]")


def wants_colour() -> bool:
    """Tell whether standard output is a terminal whose user has nothing against colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def show_pieces(pieces: "Iterable[Piece]", colour: bool) -> str:
    """Return the pieces in one line; what is removed and added is coloured, or stands in brackets."""
    return "".join(_mark(kind, show_text(text), colour) for kind, text in pieces)


def show_text(text: str) -> str:
    """Return a text in one line that a terminal can be given, whatever stands in it."""
    return _UNSEEN.sub(_escape, text)


def _mark(kind: str, text: str, colour: bool) -> str:
    if colour:
        return click.style(text, fg=_COLOURS[kind]) if kind in _COLOURS else text
    start, end = _MARKS[kind]
    return start + text + end


def _escape(found: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(found[0], f"<U+{ord(found[0]):04X}>")
