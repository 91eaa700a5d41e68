"""Which values of the front matter of a Markdown document does a reader see? The title, the description and their like.

YAML between ``---`` lines and TOML between ``+++`` lines. Only values of one line are read; all else stays as it is.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

from ..model import Span
from .units import Lines, letters

__all__ = ["FrontMatter", "Value", "find_front_matter", "quote_value"]

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_SEEN = "abstract caption description excerpt heading lead linktitle sidebar_label subtitle summary tagline title"
_KEY = re.compile(rf"(?P<name>{_SEEN.replace(' ', '|')})[ \t]*(?P<sign>:[ \t]+|:$|=[ \t]*)", re.IGNORECASE)
_COMMENT = r"[ \t]*(?:[ \t]#.*)?"
_DOUBLE = re.compile(rf'"(?P<words>(?:[^"\\]|\\["\\])*)"{_COMMENT}')
_SINGLE = re.compile(rf"'(?P<words>(?:[^']|'')*)'{_COMMENT}")
_YAML_INDICATORS = tuple("[]{}>|*&!%@`#\"',?-:")
_YAML_WORDS = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a reader sees: its text without quotes and escapes, in its place, how it is written, and its key."""

    lines: Lines
    syntax: str
    key: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a document: where it ends, its values, and the letters of others that a reader sees."""

    end: int
    values: tuple[Value, ...]
    unreached: int


def find_front_matter(text: str) -> FrontMatter:
    r"""Find the front matter that ``text`` begins with, if any.

    >>> find_front_matter("---\ntitle: A walk\n---\nIt rained.").values[0].lines.raw
    'A walk'
    """
    lines = _fenced(text)
    values: list[Value] = []
    unreached = 0
    for index, line in enumerate(lines[1:-1], start=1):
        key = _KEY.match(line[1])
        if key is None:
            continue
        more = list(takewhile(lambda after: after[1][:1].isspace(), lines[index + 1 : -1]))
        value = None if more else _value(line[1], key, line.start())
        if value:
            values.append(value)
        else:
            unreached += letters(line[1][key.end() :]) + sum(letters(after[1]) for after in more)
    return FrontMatter(lines[-1].end() if lines else 0, tuple(values), unreached)


def quote_value(syntax: str, value: str) -> str:
    """Write ``value`` in the syntax of the unit that it translates; a plain value is quoted if YAML asks for it."""
    if syntax == "yaml-single":
        return "'" + value.replace("'", "''") + "'"
    if syntax == "toml-single" and "'" not in value:
        return f"'{value}'"
    if syntax == "yaml-plain" and _is_plain(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fenced(text: str) -> list[re.Match[str]]:
    """Return the lines of the front matter, both fences included; none if the second is missing."""
    lines: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        lines.append(line)
        fence = lines[0][1].rstrip()
        if fence not in ("---", "+++"):
            return []
        if len(lines) > 1 and (line[1].rstrip() == fence or (fence == "---" and line[1].rstrip() == "...")):
            return lines
    return []


def _value(line: str, key: re.Match[str], start: int) -> Value | None:
    value = line[key.end() :].rstrip()
    toml = key["sign"].startswith("=")
    if quoted := _DOUBLE.fullmatch(value):
        syntax, words = "yaml-double", re.sub(r"\\(.)", r"\1", quoted["words"])
    elif quoted := _SINGLE.fullmatch(value):
        syntax, words = (
            ("toml-single", quoted["words"]) if toml else ("yaml-single", quoted["words"].replace("''", "'"))
        )
    elif not toml and _is_plain(value):
        syntax, words = "yaml-plain", value
    else:
        return None
    if words != words.strip() or not letters(words):
        return None
    length = quoted.end("words") + 1 if quoted else len(value)
    slot = Span(start + key.end(), start + key.end() + length)
    return Value(Lines(words, (slot,)), syntax, key["name"].lower())


def _is_plain(value: str) -> bool:
    """Tell whether YAML reads ``value`` without quotes as just this text (YAML 1.2.2, section 7.3.3)."""
    return not (
        not value
        or value.startswith(_YAML_INDICATORS)
        or value.endswith(":")
        or ": " in value
        or " #" in value
        or "\t" in value
        or value.lower() in _YAML_WORDS
        or not (value[0].isalpha() or letters(value) > 1)
    )
