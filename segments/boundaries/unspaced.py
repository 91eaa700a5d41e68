"""What does a stop do that no space follows: ``list.append``, ``U.S.A``, ``the end.The next``?"""

import re

from .candidates import Candidate
from .characters import LETTER, LOWER, UPPER, kind
from .context import Context
from .dots import COUNTED, is_counted
from .signs import EXCLAIMED
from .verdicts import Verdict

__all__ = ["unspaced"]

_NO_SPACE = Verdict(True, "a word, a stop, and a word that begins sentences, with a capital but no space")
_PART = Verdict(False, "inside an abbreviation or a word")
_ADDRESS = Verdict(False, "inside a web or mail address")

_ADDRESS_MARK = re.compile(r"://|www\.|\w@\w|\.(?:com|org|net|html?|php)\b", re.IGNORECASE)
_TOKEN = 80  # code points to either side: a longer address is known by its beginning or end
_ASCII, _ASCII_END = re.compile(r"[!-~]+"), re.compile(r"[!-~]+\Z")
_SMALL_WORD = re.compile(r"[^\W\d_]{2}$")
_LONE_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]$")
_IN_WORDS = "՞՜"  # Armenian, over the vowel that is stressed


def unspaced(context: Context, candidate: Candidate, after: int) -> Verdict | None:
    """Judge a candidate that a character of the kind ``after`` follows at once; None if it has to be weighed."""
    text, (start, end, sign) = context.text, candidate
    if sign == "." and after == UPPER and is_counted(context, start) and context.begins_sentence(end):
        return COUNTED
    if after == UPPER and _is_forgotten(context, candidate):
        return None if _is_address(text, start, end) else _NO_SPACE
    if sign == "." and context.facts.abbreviation(context.word_at(start - len(context.words_before(start)[1]))):
        return _PART
    if sign == "." and after == UPPER and _LONE_CAPITAL.search(text, max(0, start - 2), start):
        return None if context.begins_sentence(end) else _PART
    if sign in _IN_WORDS and after == LOWER:
        return _PART
    if sign in "!?" and after == LETTER and kind(text[start - 1]) == LETTER:
        return None if context.enclosures.encloses(end) else EXCLAIMED
    return _ADDRESS if _is_address(text, start, end) else None


def _is_forgotten(context: Context, candidate: Candidate) -> bool:
    """Tell whether a space is missing before a word that begins sentences, or an abbreviation with its dot."""
    text, (start, end, _) = context.text, candidate
    if end - start > 1 or not (_SMALL_WORD.search(text, max(0, start - 2), start) and context.ends_word(candidate)):
        return False
    word = context.word_at(end)
    has_dot = text.startswith(".", end + len(word))
    return context.begins_sentence(end) or (has_dot and context.facts.abbreviation(word) != 0)


def _is_address(text: str, start: int, end: int) -> bool:
    before, rest = _ASCII_END.search(text, max(0, start - _TOKEN), start), _ASCII.match(text, start, end + _TOKEN)
    return bool(before and rest and _ADDRESS_MARK.search(before[0] + rest[0]))
