"""HTML, as far as a translator cares: which elements are inline, void or literal, and what of a tag a reader sees."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Span

__all__ = [
    "INLINE_ELEMENTS",
    "LITERAL_ELEMENTS",
    "VOID_ELEMENTS",
    "Seen",
    "attribute_span",
    "seen_attributes",
    "unlocated_letters",
    "without_attributes",
    "without_markup",
]

LITERAL_ELEMENTS = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "var"})
"""Elements whose content is not translated."""
VOID_ELEMENTS = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements that have no end tag (HTML Living Standard, 13.1.2)."""
INLINE_ELEMENTS = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"img", "input", "ins", "kbd", "label", "mark", "math", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small"}
    | {"span", "strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "wbr"}
)
"""Elements that stand in a run of text (phrasing content, 3.2.5.2.5)."""

_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'])(?P<name>[^\s"'<>/=]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+))"""
)
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_SEEN = frozenset({"alt", "aria-description", "aria-label", "aria-placeholder", "placeholder", "title"})
_BARE = re.compile(r"""\s(?:alt|placeholder|title)\s*=\s*(?P<words>[^\s"'<>=`]+)(?=[\s>])""", re.IGNORECASE)
_META = re.compile(
    r"description|keywords|author|(?:og|twitter):(?:title|description|image:alt)|(?:dc|dcterms)\.(?:title|description)",
    re.IGNORECASE,
)
_SEEN_SIGN = re.compile(r"(?:alt|aria-|content|label|placeholder|summary|title|value)[\w-]*\s*=", re.IGNORECASE)
_BUTTON = frozenset({"button", "reset", "submit"})
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Seen:
    """A text that stands in markup: where, how it is written, and what it is."""

    span: Span
    syntax: str
    context: str


def seen_attributes(html: str, tag: Span) -> Iterator[Seen]:
    """Yield the attribute values of a tag that a reader sees or hears; those without quotes are left out.

    >>> [seen.context for seen in seen_attributes('<img alt="A gull" src="b.png">', Span(0, 30))]
    ['alt']
    """
    if not _SEEN_SIGN.search(html, tag.start, tag.end):
        return
    element = _name(html, tag)
    values = {found["name"].lower(): found for found in _ATTRIBUTE.finditer(html, tag.start, tag.end)}
    for name, found in values.items():
        group = _group(found)
        if group == "bare":
            continue
        words = found[group].strip()
        if any(map(str.isalpha, words)) and (name in _SEEN or _is_seen(element, name, values)):
            start = found.start(group) + found[group].index(words)
            yield Seen(Span(start, start + len(words)), f"html-{group}", name)


def attribute_span(html: str, tag: Span, name: str) -> Span | None:
    """Return where in ``html`` the value of an attribute stands, without quotes; None where the tag has none."""
    for found in _ATTRIBUTE.finditer(html, tag.start, tag.end):
        if found["name"].lower() == name:
            return Span(*found.span(_group(found)))
    return None


def unlocated_letters(html: str, tags: Iterable[Span]) -> int:
    """Count the letters of attribute values that a reader sees and that stand without quotes, in these tags."""
    if not _BARE.search(html):
        return 0
    bare = (found for tag in tags for found in _BARE.finditer(html, tag.start, tag.end))
    return sum(sum(map(str.isalpha, found["words"])) for found in bare)


def without_attributes(tag: str) -> str:
    """Return a tag without the words that a reader sees."""
    for seen in reversed(list(seen_attributes(tag, Span(0, len(tag))))):
        tag = tag[: seen.span.start] + tag[seen.span.end :]
    return tag


def without_markup(html: str) -> str:
    """Return what is between the tags."""
    return _TAG.sub("", html)


def _group(attribute: re.Match[str]) -> str:
    """Return how the value of an attribute is written: in which quotes, or bare."""
    return next(group for group in ("double", "single", "bare") if attribute[group] is not None)


def _name(html: str, tag: Span) -> str:
    found = _NAME.match(html, tag.start + 1)
    return found[0].lower() if found else ""


def _is_seen(element: str, name: str, values: dict[str, re.Match[str]]) -> bool:
    """Tell whether an attribute is seen on this element: the content of a description, the label of a button."""

    def value(other: str) -> str:
        found = values.get(other)
        return "" if found is None else found[_group(found)]

    if element == "meta":
        return name == "content" and _META.fullmatch(value("name") or value("property")) is not None
    if element == "input":
        return name == "value" and value("type").lower() in _BUTTON
    return (element, name) in {("optgroup", "label"), ("option", "label"), ("track", "label"), ("table", "summary")}
