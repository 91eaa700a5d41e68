"""What in a sentence can be compared with another language: its words for the lexicon, and its anchors.

Keys are made for matching only; the sentence itself is never changed. A key's first character tells its kind, so that
keys of different kinds never meet: ``#`` a number, ``.`` a punctuation mark, ``w`` a word, ``k`` the kind of unit
that a sentence stands in.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

NUMBER, MARK, WORD, KIND = "#", ".", "w", "k"

_STEM_LETTERS = 5
"""A prefix of five letters is a crude stemmer that needs no knowledge of the language (and beats word pieces)."""

_EMPHASIS = {4: 1.25, _STEM_LETTERS: 1.5}
"""By the letters of a stem: what short words tell counts less, for most are function words, which turn up anywhere."""

_PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("。։", "."),
        **dict.fromkeys("、，،", ","),
        **dict.fromkeys("؟՞", "?"),
        **dict.fromkeys("„“”«»「」『』", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("–—―", "-"),
        "؛": ";",
        "՜": "!",
    }
)
_TELLING_MARKS = frozenset('?!":;(')
"""Marks that translators tend to keep; commas and full stops come and go with the language."""

_CLAUSE_MARK = re.compile("[,;:.?!،；؛：。．，、？！؟։՞՜।—–…]")
"""What divides or ends a clause: translators keep clauses more often than sentences."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_HIRAGANA = "\u3040-\u309f"
_KATAKANA = "\u30a0-\u30ff"
_HANGUL = "\uac00-\ud7a3"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer: words are not told apart, so one letter with its marks stands for a word."""
_COMBINING = "".join(c for c in map(chr, range(0x300, 0x3000)) if unicodedata.category(c).startswith("M"))
_SPACED = rf"[^\W\d_{_HAN}{_HIRAGANA}{_KATAKANA}{_HANGUL}{_UNSPACED}][{_COMBINING}]*"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:/٫٬-]\d+)*)"
    rf"|(?P<character>[{_HAN}]|(?=[{_UNSPACED}])[^\W\d_][{_COMBINING}]*)"
    rf"|(?P<word>[{_KATAKANA}]+|[{_HANGUL}]+|(?:{_SPACED})+(?:['\u02bc\u200c](?:{_SPACED})+)*)"
    rf"|(?P<mark>[^\w\s])"
)
"""Hiragana is left out: it writes grammar, which has no counterpart of its own in the other language."""
_RUNNING_NUMBER = re.compile(r"\s*[(\[]?(\d{1,9})(?:[.):\]、．]\s*|\s+)(?=\S)")


class Keys(NamedTuple):
    """The keys of one sentence, in text order."""

    words: list[str]
    """For the lexicon: stems, single characters of scripts without spaces, numbers and telling marks."""
    anchors: list[str]
    """For direct comparison: whole words, numbers and telling marks."""


def keys(sentence: str, language: str) -> Keys:
    """Cut a sentence into keys; ``language`` (BCP 47) only tells how i is cased.

    >>> keys("Am 3. Mai kam Anna.", "de").words
    ['am', '#3', 'mai', 'kam', 'anna']
    >>> keys("安娜来了吗？", "zh").words
    ['安', '娜', '来', '了', '吗', '.?']
    """
    words: list[str] = []
    anchors: list[str] = []
    for token in _TOKEN.finditer(plain(sentence, language)):
        text = token[0]
        match token.lastgroup:
            case "number":
                number = NUMBER + "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())
                words.append(number)
                anchors.append(number)
            case "character":
                words.append(text)
            case "word":
                words.extend(_parts(text))
                if len(text) > 2 or not text.isascii():
                    anchors.append(WORD + text)
            case "mark" if text in _TELLING_MARKS:
                words.append(MARK + text)
                anchors.append(MARK + text)
    return Keys(words, anchors)


def shown(word: str) -> str:
    """Return a word of the lexicon as people know it: without the character that tells its kind.

    >>> shown("#1984"), shown(".?"), shown("anna")
    ('1984', '?', 'anna')
    """
    return word[1:] if word[0] in NUMBER + MARK else word


def emphasis(word: str) -> float:
    """Return how much what is known of a word of the lexicon counts.

    >>> emphasis("bread"), emphasis("and"), emphasis("#19842")
    (1.5, 1.0, 1.0)
    """
    return _EMPHASIS.get(len(word), 1.0) if word.isalpha() else 1.0


def plain(sentence: str, language: str) -> str:
    """Return the sentence as the lexicon sees it: levelled, and in one case.

    >>> plain("IĞDIR «İ»", "tr"), plain("ＡＢＣ１", "en")
    ('ığdır "i"', 'abc1')
    """
    text = levelled(sentence)
    if language.partition("-")[0] in ("az", "tr"):
        text = text.replace("I", "ı").replace("İ", "i")
    return text.casefold()


def levelled(sentence: str) -> str:
    """Return the sentence in compatibility form (NFKC), with one shape for each punctuation mark."""
    return unicodedata.normalize("NFKC", sentence).translate(_PLAIN_MARKS)


def clauses(sentence: str) -> int:
    """Return the number of marks that divide or end a clause.

    >>> clauses("Well, yes!"), clauses("好，是的！")
    (2, 2)
    """
    return len(_CLAUSE_MARK.findall(sentence))


def _parts(word: str) -> list[str]:
    """Return what the lexicon learns of a word: its stem, or in Korean, whose endings pile up, each two syllables."""
    if "가" <= word[0] <= "힣":
        return [word[place : place + 2] for place in range(max(1, len(word) - 1))]
    return [word[:_STEM_LETTERS]]


def without_running_numbers(sentences: Sequence[str]) -> list[str]:
    """Drop the number at the head of each sentence when it only counts the sentences: 1, 2, 3, ...

    Such a count says nothing about the text, and two texts split in different ways are counted in different ways.
    Texts whose sentences are not counted come back as they are.

    >>> without_running_numbers(["1 One.", "2 Two.", "3 Three.", "4 Four."])
    ['One.', 'Two.', 'Three.', 'Four.']
    >>> without_running_numbers(["3 eggs.", "2 cups of flour."])
    ['3 eggs.', '2 cups of flour.']
    """
    heads = [_RUNNING_NUMBER.match(sentence) for sentence in sentences]
    counted = sum(1 for a, b in pairwise(heads) if a and b and int(b[1]) == int(a[1]) + 1)
    if counted < 3 or counted < 0.8 * (len(sentences) - 1):
        return list(sentences)
    return [sentence[head.end() :] if head else sentence for sentence, head in zip(sentences, heads, strict=True)]
