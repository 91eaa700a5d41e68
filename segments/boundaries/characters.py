"""What kind of character is it, to somebody who looks for the end of a sentence?

Stops follow the property Sentence_Terminal (Unicode, PropList.txt), without signs that are commas today.
"""

import re
import unicodedata

__all__ = [
    "BULLET",
    "CLOSERS",
    "COMMA",
    "DASH",
    "DASHES",
    "DIGIT",
    "END",
    "LETTER",
    "LOWER",
    "NATIVE_STOPS",
    "NOTES",
    "ONLY_STOPS",
    "OPENERS",
    "OTHER",
    "PARENTHESIS",
    "QUOTE",
    "SPACE",
    "STOP",
    "STOPS",
    "UPPER",
    "WIDE_STOPS",
    "has_vowel",
    "kind",
]

WIDE_STOPS = "。！？｡．﹒﹖﹗"
"""Full-width stops, which no space follows."""
NATIVE_STOPS = "։؟۔।॥။።፧៖។៕᙮՞՜܀܁܂߹᠃᠉᱾᱿꓿꘎꛳꩝꯫"
"""Stops of one script, which are nothing else: no abbreviation or number is written with them."""
ONLY_STOPS = "։।॥۔።။។៕"
"""Those of them that nothing but a space follows, in text that is written with care."""
STOPS = ".!?…‥‽‼⁇⁈⁉⸮" + WIDE_STOPS + NATIVE_STOPS
CLOSERS = "\"'”’»«“‘`)]}›‹」』）】〉》〕*_"
OPENERS = "\"'“‘„‚«»‹›([{「『（【〈《〔¿¡`*•·‣⁃"
DASHES = "-–—―‒"
NOTES = "¹²³⁴⁵⁶⁷⁸⁹⁰"

# The kinds, in the order in which they are more and more likely to begin a sentence: trees cut such an order well.
END, COMMA, STOP, LOWER, OTHER, DIGIT, SPACE, LETTER, DASH, PARENTHESIS, QUOTE, BULLET, UPPER = range(13)


class _Kinds(dict[str, int]):
    def __missing__(self, character: str) -> int:
        found = self[character] = _kind(character)
        return found


def _kind(character: str) -> int:
    if not character:
        return END
    if character.isspace():
        return SPACE
    if character.islower():
        return LOWER
    category = unicodedata.category(character)
    if category in ("Lu", "Lt"):
        return UPPER
    if category in ("Nd", "Nl", "No"):
        return DIGIT
    if category[0] in "LM":
        return LETTER
    for characters, found in _SIGNS:
        if character in characters:
            return found
    return OTHER


_SIGNS = (
    (DASHES, DASH),
    ("([{（【", PARENTHESIS),
    ("•·‣⁃*", BULLET),
    (OPENERS, QUOTE),
    (STOPS, STOP),
    (",;:،؛、，；：", COMMA),
)

kind = _Kinds().__getitem__
"""Return the kind of a character, ``END`` for the empty string."""

_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýāąēęėěīįōőœūůűųăœаеёиоуыэюяєіїαεηιουωάέήίόύώաեէըիոօ]")


def has_vowel(word: str) -> bool:
    """Tell whether a word in small letters has a vowel, unlike most abbreviations."""
    return _VOWEL.search(word) is not None
