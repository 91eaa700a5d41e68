"""What does a candidate look like, in numbers that mean the same in every language?"""

import re
from bisect import bisect_right

from .candidates import Candidate
from .characters import (
    CLOSERS,
    DASHES,
    END,
    LETTER,
    LOWER,
    NATIVE_STOPS,
    NOTES,
    OPENERS,
    SPACE,
    UPPER,
    WIDE_STOPS,
    has_vowel,
    kind,
)
from .context import BEFORE_WORD, Context, skip_space

__all__ = ["FEATURES", "Surroundings"]

FEATURES = [
    # the punctuation
    "sign",
    "dots",
    "length",
    "closer",
    "space",
    # the word before it, and the one before that
    "before",
    "same_kind",
    "last_length",
    "last_shape",
    "last_vowel",
    "last_abbreviation",
    "last_first",
    "previous_capital",
    "previous_number",
    "previous_length",
    # the word after it
    "first",
    "opened_first",
    "word_length",
    "word_end",
    "word_starter",
    "word_seen_small",
    "second",
    # the text around it
    "quotes",
    "since",
    "since_strong",
    "until",
    "until_second",
    "position",
    "capitals_after_dots",
    "small_after_ends",
    "caseless",
    "ordinals",
]
"""What :meth:`Surroundings.measure` measures, in its order."""

_SIGNS = {":": 0, "：": 0, ";": 1, "；": 1, "\u037e": 1, "": 2, "…": 3, ".": 4, "!": 5, "?": 6, "؟": 6}
_WIDE_SIGN, _NATIVE_SIGN, _OTHER_SIGN = 7, 8, 5
_CODES = {**dict.fromkeys(WIDE_STOPS, _WIDE_SIGN), **dict.fromkeys(NATIVE_STOPS, _NATIVE_SIGN), **_SIGNS}
_SMALL, _CAPITAL, _CAPITALS, _DIGITS, _MIXED, _STOPPED, _INITIALS = range(7)  # shapes of a word
_NO_CLOSER, _MARK, _QUOTE, _AMBIGUOUS, _BRACKET, _NOTE = range(6)
_NO_SPACE, _BOUND_SPACE, _ONE_SPACE, _WIDE_SPACE = range(4)
_LONE_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_AFTER_WORD = ".,;:!?)]}\"'”»“…"
_BEFORE_FIRST = OPENERS + DASHES + ", "
_NEAR = 2_000  # code points to either side, so that the time is linear
_FAR = 300  # code points; farther is as good as infinitely far


class Surroundings:
    """What lies around the candidates of a text, measured one by one."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._text = context.text
        self._facts = context.facts
        self._ends = sorted([*context.plain, *(end for _, end, sign in context.candidates if sign)])
        self._ends += [len(context.text)] * 2
        self._shared: list[float] = []

    def measure(self, candidate: Candidate, before: int, strong: int) -> list[float]:
        """Return the features of a candidate.

        Args:
            candidate: one of the context.
            before: where the candidate before it ends, or the text begins.
            strong: where a sentence surely, or very likely, ended before it.
        """
        start, end, sign = candidate
        text = self._text
        following = word = skip_space(text, end)
        limit = min(len(text), following + 4)
        while word < limit and text[word] in _BEFORE_FIRST:
            word += 1
        first, opened_first = kind(text[following : following + 1]), kind(text[word : word + 1])
        return [
            *_punctuation(text, start, end, sign, following),
            *self._before(start, before, opened_first),
            first,
            opened_first,
            *self._after(word, opened_first),
            *self._around(end, before, strong),
            *(self._shared or self._style()),
        ]

    def _before(self, start: int, before: int, opened_first: int) -> list[float]:
        """Measure the last word before the punctuation, and the one before it."""
        text, facts = self._text, self._facts
        character = kind(text[start - 1 : start]) if start else END
        words = text[max(0, start - 32) : start].rsplit(None, 2)
        word = "" if not words or character == SPACE else words[-1]
        raw_previous = words[-2] if len(words) > 1 and word else ""
        bare = word.lstrip(BEFORE_WORD)
        previous = raw_previous.strip("([{\"'“„«.,;:)")
        key = facts.lower(bare)
        begins = start - len(bare)
        return [
            character,
            character == opened_first,
            min(len(bare), 15),
            _shape(bare),
            has_vowel(key),
            facts.abbreviation(key, facts.lower(raw_previous)),
            begins <= before or not text[before:begins].strip(),
            previous[:1].isupper(),
            previous[-1:].isdigit(),
            min(len(previous), 12),
        ]

    def _after(self, position: int, kind_of_first: int) -> list[float]:
        """Measure the next word."""
        facts = self._facts
        words = self._text[position : position + 30].split(None, 1)
        word = words[0] if words else ""
        bare = word.rstrip(_AFTER_WORD)
        key = facts.lower(bare)
        sign = word[len(bare) : len(bare) + 1]
        return [
            min(len(bare), 15),
            1 if sign == "." else 2 if sign and sign in ")]" else 3 if sign and sign in ",;:" else 0,
            key in facts.starters,
            kind_of_first == UPPER and self._text.find(f" {key}", max(0, position - _NEAR), position + _NEAR) >= 0,
            kind(words[1][:1]) if len(words) > 1 else END,
        ]

    def _around(self, end: int, before: int, strong: int) -> list[float]:
        """Measure the distances, and what the candidate is quoted in."""
        ends = self._ends
        place = bisect_right(ends, end)
        until, until_second = ends[place] - end, ends[place + 1] - end
        return [
            self._context.enclosures.quotes_at(end),
            min(end - before, _FAR),
            min(end - strong, _FAR),
            min(until, _FAR),
            min(until_second, _FAR),
            min(end, _FAR),
        ]

    def _style(self) -> list[float]:
        """Tell how often a capital follows a dot, and a small letter any other end, and how the text is written."""
        text, context = self._text, self._context
        signs = [text[end - 1] for end in context.plain]  # with a capital after each, if the script has any
        dots = [LETTER if context.caseless else UPPER] * signs.count(".")
        dots += [kind(text[end + 1 : end + 2]) for _, end, sign in context.candidates if sign == "."]
        ends = [UPPER] * (signs.count("!") + signs.count("?"))
        ends += [kind(text[end + 1 : end + 2]) for _, end, sign in context.candidates if sign and sign in "!?"]
        self._shared = [
            dots.count(UPPER) / len(dots) if dots else 0.5,
            ends.count(LOWER) / len(ends) if ends else 0.0,
            context.caseless,
            self._facts.ordinals,
        ]
        return self._shared


def _punctuation(text: str, start: int, end: int, sign: str, following: int) -> list[float]:
    run = text[start:end]
    code = _CODES.get(sign, _OTHER_SIGN)
    if following == end:
        space = _NO_SPACE
    elif following > end + 1:
        space = _WIDE_SPACE
    else:
        space = _ONE_SPACE if text[end] == " " else _BOUND_SPACE
    if end - start == 1:
        return [code, run == ".", 1, _NO_CLOSER, space]
    return [code, min(run.count("."), 4), min(end - start, 9), _closer(text[end - 1], run), space]


def _closer(last: str, run: str) -> int:
    if last in NOTES or (last == "]" and run[-2:-1].isdigit()):
        return _NOTE
    if last in ")]）】":
        return _BRACKET
    if last in "\"'“«`":
        return _AMBIGUOUS
    return _QUOTE if last in CLOSERS else _MARK if run else _NO_CLOSER


def _shape(word: str) -> int:
    if word.isdigit():
        return _DIGITS
    if "." in word[:-1]:
        return _INITIALS if _LONE_LETTERS.fullmatch(word) else _STOPPED
    if not word.isalpha() and any(map(str.isdigit, word)):
        return _MIXED
    if len(word) > 1 and word.isupper():
        return _CAPITALS
    return _CAPITAL if word[:1].isupper() else _SMALL
