"""How does a word sound, roughly, in Latin consonants? Names are found across scripts by this skeleton.

The tables are plain transliterations, one letter at a time. They need not be right for any one language: two spellings
of a name only have to end in the same few consonants.
"""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = (
    "абвгдежзиклмнопрстуфхцчшщъыьэюяієґљњћђџәөүһқҳҹңұ",
    "a b v g d e zh z i k l m n o p r s t u f h ts ch sh sh - i - e u a i e g l n c d j a o u h k h j n u",
)
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t i f h ps o")
_ARMENIAN = (
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e e t zh i l h ts k h dz g ch m y n sh o ch p j r s v t r ts v p k o f ev",
)
_GEORGIAN = (
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u f k g k sh ch ts dz ts ch h j h",
)
_ARABIC = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةپچژگکیء",
    "a b t th j h h d z r z s sh s d t z a g f k k l m n h v y y - p ch zh g k y -",
)
_HEBREW = ("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v z h t y k k l m m n n s a p p ts ts k r sh t")
_LATIN = ("ıəßæœøłđðþ", "i a ss ae oe o l d d th")

_LATIN_OF = {
    letter: "" if latin == "-" else latin
    for letters, latins in (_CYRILLIC, _GREEK, _ARMENIAN, _GEORGIAN, _ARABIC, _HEBREW, _LATIN)
    for letter, latin in zip(letters, latins.split(), strict=True)
}

# The Unicode name of a letter of these scripts ends in its sound: DEVANAGARI LETTER KA, HANGUL SYLLABLE GIM.
_SPELLED_BY_NAME = (
    "KATAKANA LETTER ",
    "HANGUL SYLLABLE ",
    "DEVANAGARI LETTER ",
    "BENGALI LETTER ",
    "ETHIOPIC SYLLABLE ",
)
_KANA_SOUNDS = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu"}

_SOUNDS = [("tch", "ch"), ("sch", "sh"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("th", "t"), ("cz", "ch"), ("x", "ks")]
_VOWELS_AND_H = re.compile("[aeiouyh]")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def _latin_letters(character: str) -> str:
    """Return the Latin letters of one character of a casefolded word, empty when it has none."""
    for script in _SPELLED_BY_NAME:
        name = unicodedata.name(character, "")
        if name.startswith(script):
            sound = name.rsplit(" ", 1)[1].lower()
            return _KANA_SOUNDS.get(sound, sound)
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii():
        return base if base.isalnum() else ""
    return _LATIN_OF.get(base, "")


def latin(word: str) -> str:
    """Transliterate a casefolded word into Latin letters; letters of unknown scripts are left out.

    >>> latin("щука"), latin("лондон"), latin("ロンドン"), latin("café")
    ('shuka', 'london', 'rondon', 'cafe')
    """
    return "".join(map(_latin_letters, word))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the consonants of a casefolded word as they sound, with a mark for a vowel at the start.

    >>> skeleton("москва"), skeleton("moskau")
    ('mskv', 'msk')
    >>> skeleton("armenia") == skeleton("armenien"[:-1]) == "armn"
    True
    """
    sound = latin(word)
    for spelling, plain in _SOUNDS:
        sound = sound.replace(spelling, plain)
    sound = re.sub("c(?!h)", "k", sound).replace("q", "k").replace("w", "v")
    first = "a" if sound[:1] in tuple("aeiouy") else sound[:1]
    return _REPEATED.sub(r"\1", first + _VOWELS_AND_H.sub("", sound[1:]))
