"""What does a candidate look like, in numbers that mean the same in every language?"""

import re
from bisect import bisect_right

from .candidates import Candidate
from .characters import (
    CLOSERS,
    DASHES,
    END,
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
    "exclaims",
    "asks",
    "ellipsis",
    "length",
    "closer",
    "space",
    # the word before it, and the one before that
    "before",
    "same_kind",
    "last_length",
    "last_shape",
    "last_value",
    "last_roman",
    "last_vowel",
    "last_abbreviation",
    "last_first",
    "last_bracketed",
    "last_opened",
    "previous_capital",
    "previous_number",
    "previous_length",
    "previous_stop",
    "previous_abbreviation",
    "previous_ordinal",
    "date",
    "last_known",
    # the word after it
    "first",
    "opened_first",
    "word_length",
    "word_abbreviation",
    "word_number",
    "word_end",
    "word_month",
    "word_starter",
    "word_capitals",
    "word_seen_small",
    "word_counted",
    "second",
    "word_roman",
    # the text around it
    "brackets",
    "quotes",
    "since",
    "since_strong",
    "until",
    "until_second",
    "position",
    "capitals_after_dots",
    "small_after_ends",
    "begins_small",
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
_ROMAN = re.compile(r"[IVXLCDM]+")
_LONE_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_AFTER_WORD = ".,;:!?)]}\"'”»“…"
_FAR = 300  # code points; farther is as good as infinitely far
_LARGE = 3000


class Surroundings:
    """What lies around the candidates of a text, measured one by one."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._text = context.text
        self._facts = context.facts
        self._ends = [candidate.end for candidate in context.candidates if candidate.sign]
        self._shared: list[float] | None = None

    def measure(self, candidate: Candidate, before: int, strong: int) -> list[float]:
        """Return the features of a candidate.

        Args:
            candidate: one of the context.
            before: where the candidate before it ends, or the text begins.
            strong: where a sentence surely, or very likely, ended before it.
        """
        start, end, sign = candidate
        text = self._text
        following = skip_space(text, end)
        word = following
        limit = min(len(text), following + 4)
        while word < limit and (text[word] in OPENERS or text[word] in DASHES or text[word] in ", "):
            word += 1
        first = kind(text[following : following + 1])
        opened_first = kind(text[word : word + 1])
        return [
            *_punctuation(text, start, end, sign, following),
            *self._before(start, end, before, opened_first),
            first,
            opened_first,
            *self._after(word, opened_first),
            *self._around(end, before, strong),
            *self._style(),
        ]

    def _before(self, start: int, end: int, before: int, opened_first: int) -> list[float]:
        """Measure the last word before the punctuation, and the one before it."""
        text, facts = self._text, self._facts
        character = kind(text[start - 1 : start]) if start else END
        window = text[max(0, start - 32) : start]
        words = window.rsplit(None, 2)
        word = "" if not words or character == SPACE else words[-1]
        raw_previous = words[-2] if len(words) > 1 and word else ""
        bare = word.lstrip(BEFORE_WORD)
        previous = raw_previous.strip("([{\"'“„«.,;:)")
        key, previous_key = facts.lower(bare), facts.lower(previous)
        begins = start - len(bare)
        shape = _shape(bare)
        in_number = shape == _DIGITS
        return [
            character,
            character == opened_first,
            min(len(bare), 15),
            shape,
            (min(int(bare), _LARGE) if len(bare) < 6 and bare.isdecimal() else _LARGE) if in_number else -1,
            _ROMAN.fullmatch(bare) is not None,
            has_vowel(key),
            facts.abbreviation(key, facts.lower(raw_previous)),
            begins <= before or not text[before:begins].strip(),
            begins > 0 and text[begins - 1] in "([",
            word != bare,
            previous[:1].isupper(),
            previous[-1:].isdigit(),
            min(len(previous), 12),
            raw_previous.endswith("."),
            facts.abbreviation(previous_key),
            facts.ordinals and in_number and previous_key in facts.before_ordinal,
            in_number and ((raw_previous.endswith(".") and previous.isdigit()) or previous_key in facts.months),
            key in facts.starters,
        ]

    def _after(self, position: int, kind_of_first: int) -> list[float]:
        """Measure the next word."""
        facts = self._facts
        words = self._text[position : position + 30].split(None, 1)
        word = words[0] if words else ""
        bare = word.rstrip(_AFTER_WORD)
        key = facts.lower(bare)
        sign = word[len(bare) : len(bare) + 1]
        upper = kind_of_first == UPPER
        return [
            min(len(bare), 15),
            facts.abbreviation(key),
            bare[:1].isdigit() and bare[-1:].isdigit(),
            1 if sign == "." else 2 if sign and sign in ")]" else 3 if sign and sign in ",;:" else 0,
            key in facts.months,
            key in facts.starters,
            upper and bare[1:2].isupper(),
            upper and f" {key}" in self._text,
            key in facts.after_ordinal,
            kind(words[1][:1]) if len(words) > 1 else END,
            _ROMAN.fullmatch(bare) is not None,
        ]

    def _around(self, end: int, before: int, strong: int) -> list[float]:
        """Measure the distances, and what the candidate is enclosed by."""
        place = bisect_right(self._ends, end)
        ends = [*self._ends[place : place + 2], len(self._text), len(self._text)]
        enclosures = self._context.enclosures
        return [
            enclosures.brackets_at(end),
            enclosures.quotes_at(end),
            min(end - before, _FAR),
            min(end - strong, _FAR),
            min(ends[0] - end, _FAR),
            min(ends[1] - end, _FAR),
            min(end, _FAR),
        ]

    def _style(self) -> list[float]:
        """Tell how often a capital follows a dot, and a small letter any other end, and how the text is written."""
        if self._shared is None:
            text = self._text
            dots = [kind(text[end + 1 : end + 2]) for _, end, sign in self._context.candidates if sign == "."]
            ends = [kind(text[end + 1 : end + 2]) for _, end, sign in self._context.candidates if sign and sign in "!?"]
            self._shared = [
                dots.count(UPPER) / len(dots) if dots else 0.5,
                ends.count(LOWER) / len(ends) if ends else 0.0,
                kind(text[skip_space(text, 0) :][:1]) == LOWER,
                self._context.caseless,
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
        return [code, run == ".", run == "!", run == "?", run == "…", 1, _NO_CLOSER, space]
    return [
        code,
        min(run.count("."), 4),
        "!" in run or "！" in run,
        "?" in run or "？" in run,
        "…" in run or ".." in run or ". ." in run,
        min(end - start, 9),
        _closer(text[end - 1], run),
        space,
    ]


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
