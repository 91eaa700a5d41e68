"""What does a sign other than a single dot do, with a space after it: ``?``, ``…``, ``;``, ``."``?"""

import re

from ..lines import is_cjk
from .candidates import Candidate
from .characters import CLOSERS, LETTER, LOWER, OTHER, QUOTE, UPPER, kind
from .context import Context
from .verdicts import Verdict

__all__ = ["EXCLAIMED", "after_sign"]

EXCLAIMED = Verdict(True, "an exclamation or question, and no small letter after it")
_SMALL = Verdict(False, "a small letter follows what is no end by itself")
_BEGINS = Verdict(False, "an ellipsis that begins a sentence")
_OMISSION = Verdict(False, "dots for what is left out of a sentence")
_SPACED = Verdict(True, "dots and a space, in a script that sets no spaces")
_NEW_THOUGHT = Verdict(True, "a semicolon or ellipsis, and a word that begins sentences, with a capital")
_COMMA = Verdict(False, "an abbreviation, and a dot that is weaker than a full stop in this language")
_TWO_DOTS = Verdict(True, "an abbreviation, its dot and a stop")
_CITED = Verdict(False, "a citation in brackets, and then the stop")
_QUOTED = Verdict(True, "a quotation that ends, and a word that begins sentences")

_PICTURES = "\u2600"  # the first of them
_INVERTED = ("¿", "¡")
_CITATION = re.compile(r"\([^()]{0,60}\d[^()]{0,20}\)[.,;]")
_CLOSING_QUOTES = "\"'”’»“«‘"
_LONG_WORD = re.compile(r"[^\W\d_]{4}$")


def after_sign(context: Context, candidate: Candidate, following: int, after: int) -> Verdict | None:
    """Judge white space after anything but a single dot; None if it has to be weighed.

    ``following`` is where the text goes on, with a character of the kind ``after``.
    """
    text, (start, end, sign) = context.text, candidate
    run = text[start:end]
    if "…" in run or ".." in run or ". ." in run:
        verdict = _after_ellipsis(context, candidate, following, after)
        if verdict:
            return verdict
    if after == LOWER:
        return _SMALL if sign in ":;" or run[-1] in CLOSERS else None
    if sign == ";" and run == ".":
        word = context.words_before(start)[1]
        return _COMMA if len(word) == 1 or _is_abbreviated(context, word) else None
    if _CITATION.match(text, following):
        return _CITED
    enclosed = context.enclosures.encloses(following)
    if sign in "!?" and not enclosed and _opens(text, following, after):
        return EXCLAIMED
    if enclosed or after not in (UPPER, LETTER, OTHER):
        return None
    if not run.strip("!?؟ ") and (after != OTHER or text[following] > _PICTURES):
        return EXCLAIMED
    begins = context.begins_sentence(following)
    if run[-1] in _CLOSING_QUOTES and ((begins and sign in ".!?") or (sign == "." and after == LETTER)):
        return _QUOTED
    return _NEW_THOUGHT if run == ";" and begins and after == UPPER else None


def _after_ellipsis(context: Context, candidate: Candidate, following: int, after: int) -> Verdict | None:
    text, (start, end, _) = context.text, candidate
    facts, run = context.facts, text[start:end]
    if run.startswith(". . .") and text[start - 2 : start - 1] == ".":
        return _BEGINS
    if after == LOWER or (after == QUOTE and kind(text[following + 1 : following + 2]) == LOWER):
        return _SMALL
    word = context.words_before(start)[1]
    begins = context.begins_sentence(following) and context.word_at(following) not in facts.in_names
    if run == ". . ." and text[start - 1].isspace() and not begins:
        return _OMISSION
    if run == ".." and after == UPPER and _is_abbreviated(context, word):
        return _TWO_DOTS
    if is_cjk(text[start - 1 : start]) and is_cjk(text[following]):
        return _SPACED
    if after == LETTER and facts.lower(word) in facts.starters:
        return _OMISSION
    if after != UPPER or run.strip(". …") or context.enclosures.encloses(following):
        return None
    if context.word_at(following) in facts.in_names:
        return None
    return _NEW_THOUGHT if begins or _LONG_WORD.search(text, max(0, start - 5), start) else None


def _is_abbreviated(context: Context, word: str) -> bool:
    key = context.facts.lower(word)
    return key in context.facts.months or context.facts.abbreviation(key) != 0


def _opens(text: str, following: int, after: int) -> bool:
    """Tell whether a question, exclamation or quotation begins."""
    return text[following] in _INVERTED or (after == QUOTE and kind(text[following + 1 : following + 2]) == UPPER)
