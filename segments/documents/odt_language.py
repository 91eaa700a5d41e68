"""How does an ODT say which language it is in, and which way it runs? In its styles (OpenDocument 1.3, part 3, 20)."""

import re
from collections.abc import Iterator

from ..model import Span
from .direction import direction
from .xml_syntax import with_attribute
from .xml_writing import Change, set_text

__all__ = ["language_changes"]

_EAST_ASIAN = frozenset({"ja", "ko", "lzh", "wuu", "yue", "zh"})
_PROPERTIES = re.compile(r"<style:(?P<of>graphic|page-layout|paragraph|section|table|text)-properties(?=[\s/>])[^>]*>")
_DEFAULT = re.compile(r'<style:default-style\s[^>]*style:family="paragraph".*?</style:default-style>', re.DOTALL)


def language_changes(text: str, language: str) -> Iterator[Change]:
    """Yield what changes in the styles of a part for its text to be in ``language`` (BCP 47) and to run as that does.

    A style that names a language or a direction names the new one. The default style of paragraphs always does, and so
    do the pages of a language that is written from right to left.
    """
    default = _DEFAULT.search(text)
    for found in _PROPERTIES.finditer(text):
        is_default = default is not None and default.start() <= found.start() < default.end()
        if found["of"] == "text":
            tag = _spoken(found[0], language, add=is_default)
        else:
            is_page = found["of"] == "page-layout" and direction(language) == "rtl"
            tag = _directed(found[0], language, add=is_page or (is_default and found["of"] == "paragraph"))
        if tag != found[0]:
            yield Span(*found.span()), set_text(tag)


def _spoken(tag: str, language: str, *, add: bool) -> str:
    """Name the language in the attributes of its kind of script: Western, Asian, or complex."""
    first, *others = language.split("-")
    region = next((subtag for subtag in others if len(subtag) == 2 or subtag.isdigit()), "none")
    if direction(language) == "rtl":
        names = "style:language-complex", "style:country-complex"
    elif first.lower() in _EAST_ASIAN:
        names = "style:language-asian", "style:country-asian"
    else:
        names = "fo:language", "fo:country"
    if add or f' {names[0]}="' in tag:
        tag = with_attribute(with_attribute(tag, names[0], first), names[1], region)
    return tag


def _directed(tag: str, language: str, *, add: bool) -> str:
    if add or ' style:writing-mode="' in tag:
        return with_attribute(tag, "style:writing-mode", "rl-tb" if direction(language) == "rtl" else "lr-tb")
    return tag
