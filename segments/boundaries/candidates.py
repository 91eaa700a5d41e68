"""Where may a sentence end? After every stop, and where one may have been left out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from ..facts import TAIL, Facts
from .characters import (
    CLOSERS,
    COMMA,
    DIGIT,
    LETTER,
    LOWER,
    NATIVE_STOPS,
    NOTES,
    ONLY_STOPS,
    PARENTHESIS,
    QUOTE,
    STOPS,
    UPPER,
    WIDE_STOPS,
    has_vowel,
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
_WEAK = ";:；：\u037e"
_SIGN = re.escape(STOPS)
_LETTERS = [chr(code) for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000))]  # of the scripts with two cases
_LOWER, _UPPER = "".join(filter(str.islower, _LETTERS)), "".join(filter(str.isupper, _LETTERS))
_CASELESS = "\u0590-\u08ff\uac00-\ud7a3"  # Hebrew, Arabic and its neighbours, Hangul
# A set of characters comes first, so that the engine runs from sign to sign; then the most frequent cases.
_PUNCTUATION = re.compile(
    rf"""[{_SIGN}{_WEAK}]
         (?: (?P<long> (?=\ [{_UPPER}]) (?<=[{_LOWER}]{{{TAIL}}}\.) )
           | (?P<short> (?=\ [{_UPPER}]) (?<=[{_LOWER}][{_LOWER}]\.) )
           | (?P<caseless> (?=\ [{_CASELESS}]) (?<=[{_CASELESS}][{_CASELESS}]\.) )
           | (?P<sure> (?=\ [{_UPPER}]) (?: (?<=[^\w\s{_SIGN}]\.) | (?<=\w[!?]) )
                     | (?<=[{ONLY_STOPS}]) (?=\s\w) | (?<=[。！？]) (?=\w) )
           | (?=\s\w)
           | (?: (?<=[{_WEAK}])
               | (?<=\w\.) (?= (?:\ \.){{3}}\s )
               | [{_SIGN}]*+ (?: [ \u00a0]? (?! [.…]{{2,}} \w ) [.!?…] (?= [\s.!?…"'”’»)\]] | $) )*+ )
             (?: {_NOTE} )*+
             (?: [{re.escape(CLOSERS)}]++ | [\u00a0\u202f]? [»”] (?=\s|$) | \x20 [»)] (?=\s|$)
               | \x20 (?: '' | ['"’”`]{{1,2}} (?= \s [^\W\d_] ) ) (?=\s|$) )*+
             (?: {_NOTE} | [ ]?[:;=]-?[)(DPp]++(?=\s|$) )*+ )""",
    re.VERBOSE,
)
_PICTURE = "\u2600-\u27bf\U0001f300-\U0001faff"
_EMOTION = rf"""
    (?<=\s[:;=]) -?[)(DPp]++ (?=\s|$)
  | (?<=[{_PICTURE}]) (?: (?<=[^\s.!?…{_PICTURE}].) | (?<=[^\s.!?…{_PICTURE}]\s.) )
    [{_PICTURE}\ufe0f\u200d]*+ (?=\s|$)"""
_SMALL = re.compile("[a-zß-öø-ÿā-žα-ώа-џա-և]+")
_LONG = 12  # letters of a word that is certainly none of the short ones
_CLOSING = ("”", "»", ")", "]")
_OPENING_AS_WELL = "\"'“‘«`"


def is_caseless(text: str) -> bool:
    """Tell whether a text is in a script without capitals, by its beginning."""
    head = text[:300]
    return 5 * sum(map(len, _SMALL.findall(head))) < len(head)


def candidates(text: str, facts: Facts, caseless: bool) -> tuple[list[int], list[Candidate]]:
    """Return where the plain stops inside of ``text`` end, and the other candidates, both in order.

    A plain stop is the most frequent case, which a glance tells: no abbreviation, a stop, and a capital where the
    script has any. No two candidates have the same end.
    """
    length = len(text.rstrip())
    plain: list[int] = []
    found = [each for each in _stops(text, facts, caseless, plain) if each.end < length]
    if gaps := [Candidate(place, place, "") for place in _gaps(text, facts) if 0 < place < length]:
        by_end = {each.end: each for each in chain(gaps, found)}
        found = [by_end[end] for end in sorted(by_end)]
    return plain, found


def _stops(text: str, facts: Facts, caseless: bool, plain: list[int]) -> Iterator[Candidate]:
    """Yield the candidates at stops, but append the ends of the plain ones to ``plain``."""
    for match in _PUNCTUATION.finditer(text):
        start, end = match.span()
        if match.lastindex and _is_plain(text, start, match.lastgroup, facts):
            plain.append(end)
            continue
        sign = text[start]
        following = text[end : end + 1]
        if following == " " and (sign in "!?" or (sign == "." and not facts.dot_is_comma)):
            yield Candidate(start, end, sign)
            continue
        if end - start > 1 and text[end - 1] in _OPENING_AS_WELL and _opens(text, end):
            end -= 1
            following = text[end]
        sign = _meaning(text, start, end, facts)
        if sign in _WEAK and (caseless or not following.isspace()):
            continue  # without capitals a colon says nothing
        if following.isspace() or sign in WIDE_STOPS or sign in NATIVE_STOPS or _may_lack_space(text, start, end):
            yield Candidate(start, end, sign)


def _is_plain(text: str, start: int, group: str | None, facts: Facts) -> bool:
    """Tell whether the stop at ``start``, which looks plain, is no dot of an abbreviation, and no comma."""
    if facts.dot_is_comma and text[start] == ".":
        return False
    if group == "long":
        return text[start - TAIL : start] not in facts.tails
    if group == "sure":
        return True
    word = text[max(0, start - _LONG) : start].rsplit(None, 1)[-1]
    return _is_word(word, facts) if group == "short" else _is_caseless_word(word, facts)


def _is_word(word: str, facts: Facts) -> bool:
    """Tell whether a short word is pronounced like one, and no part of any abbreviation."""
    key = facts.lower(word)
    return (
        1 < len(word) < _LONG
        and word.isalpha()
        and (word.islower() or (len(word) > 2 and word.istitle()))
        and key not in facts.parts
        and has_vowel(key)
        and not (facts.suffixes and key.endswith(facts.suffixes))
    )


def _is_caseless_word(word: str, facts: Facts) -> bool:
    """Tell whether a word in a script without capitals, perhaps of parts, is no part of any abbreviation."""
    return word not in facts.parts and word.replace("\u200c", "").isalpha()


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
    if before in (LOWER, LETTER, PARENTHESIS, QUOTE) or text[start - 1 : start] in _CLOSING or end - start > 1:
        return True
    return before == DIGIT or (before == UPPER and after == UPPER)


def _gaps(text: str, facts: Facts) -> Iterator[int]:
    """Yield where a smile, the ending of a last word, or a word that begins sentences tells of a stop left out."""
    pattern, starters = _gap_pattern(facts)
    for match in pattern.finditer(text):
        if match["emotion"] is not None:
            yield match.end()
        elif match[0] in starters:
            yield match.start() - 1
    if facts.endings:
        yield from (match.end() for match in _ending_pattern(facts.endings).finditer(text))


@lru_cache(maxsize=32)
def _gap_pattern(facts: Facts) -> tuple[re.Pattern[str], frozenset[str]]:
    """Return what finds a smile or picture, or else a word after a gap, and the words that may stand there."""
    starters = frozenset(word[0].upper() + word[1:] for word in facts.starters - facts.in_names if word[0].islower())
    initials = "".join(sorted({word[0] for word in starters}))
    word = rf"(?<=[\w)\]\"”»%’']\s[{initials}]) [\w'’]*+ (?![-.])" if initials else "(?!)"
    return re.compile(rf"[:;={_PICTURE}{initials}] (?: (?P<emotion>{_EMOTION}) | {word} )", re.VERBOSE), starters


@lru_cache(maxsize=32)
def _ending_pattern(endings: tuple[str, ...]) -> re.Pattern[str]:
    last = re.escape("".join({ending[-1] for ending in endings}))
    return re.compile(rf"[{last}](?=\s)(?:{'|'.join(f'(?<={re.escape(ending)})' for ending in endings)})")
