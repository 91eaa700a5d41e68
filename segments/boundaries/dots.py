"""Is a dot after a word or number certainly a full stop, or certainly none?"""

import re

from ..facts import EITHER, ENDING, INSIDE
from .characters import DIGIT, LETTER, LOWER, OPENERS, PARENTHESIS, QUOTE, UPPER, has_vowel, kind
from .context import BEFORE_WORD, Context, skip_space
from .verdicts import Verdict

__all__ = ["COUNTED", "PLAIN", "after_dot", "is_counted"]

COUNTED = Verdict(True, "a number, its unit, and a word that begins sentences, with a capital")
_LETTER = Verdict(False, "a letter alone is a label, an initial, or tells who speaks, such as Q. and A.")
_NUMBERED = Verdict(False, "an abbreviation and the number that belongs to it")
_SMALL = Verdict(False, "an abbreviation and a small letter")
_ABBREVIATION = Verdict(False, "an abbreviation that something must follow")
_ENDED = Verdict(True, "an abbreviation that may end a sentence, and a word that begins sentences")
_STATE = Verdict(False, "the abbreviation of a state, and one of its institutions")
_HOUR = Verdict(True, "an hour or era, its stop, and a capital")
_TIME = Verdict(False, "a time that a sentence begins with, and a capital")
_CAPITALS = Verdict(True, "a word all in capitals, and one with a capital")
_TITLE = Verdict(True, "an abbreviation that may end a sentence, and a title")
_ORDINAL = Verdict(False, "a number with a stop before a small letter is an ordinal in this language")
_LEFT_SMALL = Verdict(True, "a word that is no abbreviation, a stop, and a word that begins sentences")
_DATE = Verdict(False, "a number with a stop before a month, or what is counted, is an ordinal in this language")
_ADDRESS = Verdict(True, "a number that belongs to an abbreviation, a stop and a capital")
_YEAR = Verdict(True, "a number too large for a day or label, a stop and a capital")
_UNIT = Verdict(True, "a unit of measure, a stop and a capital")
_CLOSED = Verdict(True, "a closing bracket or quotation mark, a stop and a capital")
_INITIAL = Verdict(False, "an initial and no word that begins sentences")
_ELLIPSIS = Verdict(True, "an ellipsis that begins a sentence follows")
PLAIN = Verdict(True, "no abbreviation, a stop, and no small letter after it")

_SHORT = 2  # letters of a word that is no abbreviation, if it is known or one that begins sentences follows
_SPOKEN = 2  # letters of such a word, if it has a vowel; with a capital one more
_LONG = 5  # letters of any other such word
_LABEL = 8  # code points of one and the white space before it
_OPENING = 4  # code points that may open a quotation, and its first letter
_LONGEST_UNIT = 3  # letters
_LONGEST_TIME = 40  # code points
_LAST_DAY = 31
_JOINTS = dict.fromkeys(map(ord, "'’-"))
_NUMERALS = "IVX"
_NUMBER = re.compile(r"[\d.,:–—-]*\d|[IVXLC]+(?:[—–-][IVXLC]+)?")
_REIGNS = ("V", "X")  # of kings, but I. is a pronoun, too
_NUMERAL = re.compile(r"[IVX]{1,6}")
_ROMAN = re.compile(r"[ivxlc]+")
_INITIALS = re.compile(r"\b[^\W\d_]\.$")
_ASIDE = re.compile(r"\([^\W\d_][^()]{1,400}[.!?]\)")
_MEASURE = re.compile(r"\d[\d.,]*\s[^\W\d_]{1,3}\.")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_DOTS = re.compile(r"(?:…|\.\.\.|\. \. \.)\s?\w")
_UNIT_OF_MEASURE = re.compile(
    r"\d[ \u00a0\u202f]?(?:[kcdmμ]?m[²³]?|[kmμ]?g|[cmd]?l|km/h|m/s|ha|[смк]?м[²³]?|кг|мг|км/год|км/ч|м/с|га|мл|°[CFС])$"
)


def after_dot(context: Context, start: int, following: int, after: int, strong: int) -> Verdict | None:
    """Judge a dot at ``start`` with white space after it; None if it has to be weighed.

    ``following`` is where the text goes on, with a character of the kind ``after``.
    """
    facts = context.facts
    previous, word = context.words_before(start)
    if len(word) == 1 and word.isalpha() and context.text[max(strong, start - _LABEL) : start].strip() == word:
        return _LETTER
    abbreviation = facts.abbreviation(facts.lower(word), facts.lower(previous))
    if after == LOWER:
        return _SMALL if abbreviation else _before_small(context, following, word)
    next_word = context.word_at(following)
    if facts.lower(word) in facts.numbered and (after == DIGIT or _ROMAN.fullmatch(next_word)):
        return _NUMBERED
    if facts.ordinals and word.isdecimal() and (next_word in facts.months or next_word in facts.after_ordinal):
        return _DATE
    if after == UPPER and _UNIT_OF_MEASURE.search(context.text, max(0, start - 12), start):
        return _UNIT
    if after == DIGIT and is_counted(context, start) and _MEASURE.match(context.text, following):
        return _NUMBERED
    if word in _REIGNS and previous[:1].isupper() and after == UPPER and context.begins_sentence(following):
        return None if context.enclosures.encloses(following) else _ENDED
    if abbreviation:
        return _after_abbreviation(context, start, following, after, strong, abbreviation)
    if len(word) > 1 and _DOTS.match(context.text, following):
        return _ELLIPSIS
    if after == UPPER or (after == LETTER and kind(word[-1:]) in (LOWER, UPPER)):
        return _before_capital(context, start, following, previous, word)
    if after == LETTER:
        return _plain(context, word, following, _SHORT)
    if after == QUOTE or context.text.startswith(",,", following):
        return _before_quotation(context, word, following)
    if after == PARENTHESIS and _ASIDE.match(context.text, following) and kind(context.text[following + 1]) != LOWER:
        return _plain(context, word, following, _SHORT)
    if after == DIGIT and word.islower():
        return _plain(context, word, following, _LONG)
    return None


def _before_small(context: Context, following: int, word: str) -> Verdict | None:
    """Judge a dot before a small letter, after what is no abbreviation that is known."""
    if context.facts.ordinals and (word.replace(".", "").isdecimal() or _NUMERAL.fullmatch(word)):
        return _ORDINAL
    key = context.facts.lower(word)
    known = len(key) >= _LONG or (len(key) > 1 and key in context.facts.starters)
    return _LEFT_SMALL if known and key.isalpha() and context.begins_sentence(following) else None


def is_counted(context: Context, start: int) -> bool:
    """Tell whether a number and what may be its unit stand before ``start``."""
    previous, word = context.words_before(start)
    return len(word) <= _LONGEST_UNIT and word.islower() and _NUMBER.fullmatch(previous) is not None


def _after_abbreviation(
    context: Context, start: int, following: int, after: int, strong: int, abbreviation: int
) -> Verdict | None:
    if after != UPPER:
        return _ABBREVIATION if abbreviation == INSIDE else None
    begins = context.begins_sentence(following)
    counted = is_counted(context, start)
    if begins and counted:
        return COUNTED
    if abbreviation != INSIDE and counted and _is_circumstance(context, strong, start):
        return _TIME
    if context.word_at(following) in context.facts.institutions:
        return _STATE
    if begins:
        return None if abbreviation == INSIDE or context.enclosures.encloses(following) else _ENDED
    if abbreviation != ENDING:
        return None if counted else _ABBREVIATION
    facts, title = context.facts, context.word_at(following)
    if _is_circumstance(context, strong, start):
        return None
    if context.text.startswith(".", following + len(title)) and facts.abbreviation(title) in (INSIDE, EITHER):
        return _TITLE
    is_hour = facts.lower(context.words_before(start)[1]) in facts.hours
    return _HOUR if is_hour and title not in facts.after_hours | facts.months | facts.inside else None


def _is_circumstance(context: Context, strong: int, start: int) -> bool:
    """Tell whether all that stands since a sentence ended is a time or the like: ``In 44 B.C.``, ``5 мая 1998 г.``"""
    first = context.word_at(skip_space(context.text, strong))
    return start - strong < _LONGEST_TIME and (first in context.facts.introducing or first.isdecimal())


def _before_capital(context: Context, start: int, following: int, previous: str, word: str) -> Verdict | None:
    """Judge what is no abbreviation that is known."""
    if word.isdecimal():
        if previous.endswith(".") and _is_numbered(context, previous, following):
            return _ADDRESS
        return _YEAR if len(word) > 2 or (int(word) > _LAST_DAY and not context.facts.ordinals) else None
    begins = context.begins_sentence(following)
    if begins and is_counted(context, start):
        return COUNTED
    if word and kind(word[-1]) not in (DIGIT, LETTER, LOWER, UPPER):
        return None if context.enclosures.encloses(following) else _CLOSED
    if len(word) == 1 and word.isupper() and word not in _NUMERALS and context.facts.starters and not begins:
        return None if _INITIALS.search(previous) else _INITIAL
    letters = word.translate(_JOINTS)
    if len(letters) > 1 and letters.isupper() and letters.isalpha() and not _NUMERAL.fullmatch(letters):
        small = previous.islower() and context.text[following + 1 : following + 2].islower()
        if small and not context.enclosures.encloses(following):
            return _CAPITALS
    if begins and len(letters) > 1 and letters.isalpha() and letters.isupper():
        shouted = context.text[following + 1 : following + 2].isupper()
        return None if shouted or context.enclosures.encloses(following) else _ENDED
    if (
        begins
        and (word[:1].isdecimal() or _DOTTED.fullmatch(word))
        and context.word_at(following) not in context.facts.in_names
    ):
        return None if context.enclosures.encloses(following) else _ENDED
    if letters[1:].islower():
        key = context.facts.lower(word)
        small = word[0].islower()
        if key in context.facts.starters or (begins and small):
            return _plain(context, letters, following, _SHORT)
        return _plain(context, letters, following, _SPOKEN + (not small) if has_vowel(key) else _LONG)
    return None


def _before_quotation(context: Context, word: str, following: int) -> Verdict | None:
    """Judge a word before what may be a quotation, unless a small letter begins it."""
    spoken = context.text[following : following + _OPENING].lstrip(OPENERS + ", ")
    if kind(spoken[:1]) == LOWER:
        return None
    key = context.facts.lower(word)
    if key in context.facts.starters:
        return _plain(context, word, following, _SHORT)
    return _plain(context, word, following, _SPOKEN + 1 if has_vowel(key) else _LONG)


def _is_numbered(context: Context, previous: str, following: int) -> bool:
    """Tell whether a number belongs to the abbreviation before it, and none goes on: ``Art. 5. Abs. 2``."""
    facts, key = context.facts, context.facts.lower(previous.rstrip(".").lstrip(BEFORE_WORD))
    belongs = key in facts.numbered or facts.abbreviation(key) == INSIDE
    return belongs and facts.abbreviation(context.word_at(following)) == 0


def _plain(context: Context, word: str, following: int, shortest: int) -> Verdict | None:
    word = word.replace("\u200c", "")  # joins parts of Persian words
    is_word = len(word) >= shortest and (word.isalpha() or all(kind(each) in (LETTER, LOWER, UPPER) for each in word))
    return PLAIN if is_word and not context.enclosures.encloses(following) else None
