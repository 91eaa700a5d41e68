"""Where may a sentence end? After every stop, and where one may have been left out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from ..facts import Facts
from .characters import (
    CLOSERS,
    COMMA,
    DIGIT,
    LETTER,
    LOWER,
    NATIVE_STOPS,
    NOTES,
    PARENTHESIS,
    QUOTE,
    STOPS,
    UPPER,
    WIDE_STOPS,
    kind,
)

__all__ = ["Candidate", "candidates", "is_caseless"]


class Candidate(NamedTuple):
    """A place where a sentence may end.

    ``start`` is where the punctuation begins, with ``start == end`` if there is none; ``end`` is where the sentence
    would end, closing quotes and brackets included; ``sign`` is what the first sign means: the sign itself, or the one
    that means the same in other languages (an Armenian colon is ``։``), or ``""``.
    """

    start: int
    end: int
    sign: str


_NOTE = rf"[ \u00a0\u202f]?\[\d{{1,3}}\]|[{NOTES}\x00-\x08]++|(?<=[^\W\d][.!?]|[)”\"][.!?])\d{{1,2}}(?=\s+[^\W\d_])"
_SMILE = r"[:;=]-?[)(DPp]++(?=\s|$)"
_PUNCTUATION = re.compile(
    rf"""(?: (?<=\w) \. (?= (?:\ \.){{3}}\s )
           | [{re.escape(STOPS)}]++ (?: [ \u00a0]? (?! [.…]{{2,}} \w ) [.!?…] (?= [\s.!?…"'”’»)\]] | $) )*+
           | [;:；：\u037e] )
         (?: {_NOTE} )*+
         (?: [{re.escape(CLOSERS)}]++ | [\u00a0\u202f]? [»”] (?=\s|$) | \x20 [»)] (?=\s|$)
           | \x20 (?: '' | ['"’”`]{{1,2}} (?= \s [^\W\d_] ) ) (?=\s|$) )*+
         (?: {_NOTE} | [ ]?{_SMILE} )*+""",
    re.VERBOSE,
)
_PICTURE = "\u2600-\u27bf\U0001f300-\U0001faff"
_EMOTION = rf"(?<=\s){_SMILE}|(?<=[^\s.!?…{_PICTURE}])\s?[{_PICTURE}][{_PICTURE}\ufe0f\u200d]*+(?=\s|$)"
_SMALL = re.compile("[a-zß-öø-ÿā-žα-ώа-џա-և]")
_WEAK = ";:；：\u037e"
_OPENING_AS_WELL = "\"'“‘«`"


def is_caseless(text: str) -> bool:
    """Tell whether a text is in a script without capitals, by its beginning."""
    head = text[:300]
    return 5 * len(_SMALL.findall(head)) < len(head)


def candidates(text: str, facts: Facts, caseless: bool) -> list[Candidate]:
    """Return the candidates inside of ``text``, in order; no two have the same end."""
    length = len(text.rstrip())
    found = {each.end: each for each in chain(_gaps(text, facts), _stops(text, facts, caseless))}
    return [found[end] for end in sorted(found) if 0 < end < length]


def _stops(text: str, facts: Facts, caseless: bool) -> Iterator[Candidate]:
    for match in _PUNCTUATION.finditer(text):
        start, end = match.span()
        if end - start > 1 and text[end - 1] in _OPENING_AS_WELL and _opens(text, end):
            end -= 1
        sign = _meaning(text, start, end, facts)
        following = text[end : end + 1]
        if sign in _WEAK and (caseless or not following.isspace()):
            continue  # without capitals a colon says nothing
        if following.isspace() or sign in WIDE_STOPS or sign in NATIVE_STOPS or _may_lack_space(text, start, end):
            yield Candidate(start, end, sign)


def _opens(text: str, end: int) -> bool:
    """Tell whether the quotation mark before ``end`` opens what follows rather than closes what is before."""
    following = text[end : end + 1]
    return following != "" and not following.isspace() and kind(following) != COMMA and following not in CLOSERS + STOPS


def _meaning(text: str, start: int, end: int, facts: Facts) -> str:
    sign = text[start]
    if sign == ":" and facts.colon_stops and kind(text[start - 1 : start]) != DIGIT:
        return "։"
    if sign == "." and facts.dot_is_comma and end - start == 1 and kind(text[start - 1 : start]) != DIGIT:
        return ";"
    if sign in ";\u037e" and facts.semicolon_asks:
        return "?"
    return sign


def _may_lack_space(text: str, start: int, end: int) -> bool:
    """Tell whether the space after a stop may have been forgotten: ``end.Next``, never ``3.14`` or ``list.append``."""
    before, after = kind(text[start - 1 : start]), kind(text[end : end + 1])
    if after not in (UPPER, LETTER, QUOTE, PARENTHESIS, LOWER):
        return False
    if after == LOWER and text[start] == "." and end - start < 3:
        return False
    if before in (LOWER, LETTER, PARENTHESIS, QUOTE) or end - start > 1:
        return True
    return before == DIGIT or (before == UPPER and after == UPPER)


def _gaps(text: str, facts: Facts) -> Iterator[Candidate]:
    """Yield where a smile, the ending of a last word, or a word that begins sentences tells of a stop left out."""
    pattern, starters = _gap_pattern(facts)
    for match in pattern.finditer(text):
        place = match.end() if match["word"] is None else match.start()
        if match["word"] is None or match["word"] in starters:
            yield Candidate(place, place, "")


@lru_cache(maxsize=32)
def _gap_pattern(facts: Facts) -> tuple[re.Pattern[str], frozenset[str]]:
    """Return what finds a gap, with the word after it or without, and the words that may stand there."""
    starters = frozenset(word[0].upper() + word[1:] for word in facts.starters - facts.in_names if word[0].islower())
    initials = "".join(sorted({word[0] for word in starters}))
    endings = rf"|(?:{'|'.join(facts.endings)})(?=\s)" if facts.endings else ""
    before_word = rf"(?<=[\w)\]\"”»%’'])\s(?P<word>[{initials or '-'}][\w'’]*+)(?![-.])"
    return re.compile(rf"(?:{_EMOTION}{endings})|{before_word}"), starters
