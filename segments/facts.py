"""What is known of a language? Facts as data: ``languages/*.toml``, each table with its source.

A language takes the facts of the one it is ``like``, and all take those of ``root``: what international texts share.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["EITHER", "ENDING", "INSIDE", "TAIL", "Facts", "facts_of", "is_known", "parts_of"]

_FOLDER = Path(__file__).parent / "languages"
INSIDE, EITHER, ENDING = 1, 2, 3
"""Kinds of abbreviations: something must follow; the same, but it may end a sentence; it may well end a sentence."""
TAIL = 5
"""Few abbreviations are so long, so that most words need no more than a look at their last letters."""
_ELIDED = re.compile(r"^[^\W\d_]{1,5}['’](?=\w\w)")
_DOTTED_I = str.maketrans({"I": "ı", "İ": "i"})
_PLAIN_I = str.maketrans({"İ": "i"})


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one language; all words are in lower case, abbreviations without their last stop.

    Attributes:
        inside: abbreviations that something must follow, such as a name: ``dr``.
        ending: abbreviations that may end a sentence as well: ``etc``.
        numbered: abbreviations that go on where a number follows: ``p. 3``.
        starters: words that often begin a sentence and are no name.
        in_names: those starters that are written with a capital inside of sentences as well: ``I``, ``Los``.
        introducing: those starters that a circumstance begins with, such as a time, and seldom a whole sentence.
        hours: those abbreviations of the second kind that close a time, such as ``a.m``, so that a name seldom follows.
        after_hours: names that do follow: days, zones.
        institutions: what belongs to a state whose abbreviation is before it: ``U.S. Senate``.
        months: names of months.
        ordinals: whether a number with a full stop is an ordinal.
        before_ordinal, after_ordinal: words beside such a number that make it one.
        suffixes: ends of words that are abbreviated, in languages that write compounds: ``Bahnhofstr``.
        quotatives: what a quotation goes on with in its sentence, in languages that set no spaces.
        endings: ends of words that end a sentence though no stop is written.
        colon_stops, semicolon_asks, dot_is_comma: the habits of Armenian and Greek.
        tails: the last letters of the abbreviations of :data:`TAIL` letters and more.
        parts: the last parts of all abbreviations, such as ``b`` of ``z.b``.
        dotless_i: whether the capital of ``ı`` is ``I``.
    """

    inside: frozenset[str]
    ending: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    in_names: frozenset[str]
    introducing: frozenset[str]
    hours: frozenset[str]
    after_hours: frozenset[str]
    institutions: frozenset[str]
    months: frozenset[str]
    ordinals: bool
    before_ordinal: frozenset[str]
    after_ordinal: frozenset[str]
    suffixes: tuple[str, ...]
    quotatives: tuple[str, ...]
    endings: tuple[str, ...]
    colon_stops: bool
    semicolon_asks: bool
    dot_is_comma: bool
    dotless_i: bool
    tails: frozenset[str]
    parts: frozenset[str]

    def lower(self, word: str) -> str:
        """Return ``word`` in lower case, as its language writes it; a key to look it up by, never to be shown."""
        if self.dotless_i or "İ" in word:
            word = word.translate(_DOTTED_I if self.dotless_i else _PLAIN_I)
        return word.lower()

    def abbreviation(self, word: str, previous: str = "") -> int:
        """Return what a word before a stop is: 0 for no abbreviation, else its kind.

        The ``previous`` word counts where both are one abbreviation (``z. B.``), and an article that is written as one
        with the word (``l'éd.``) does not.
        """
        keys = [f"{previous.rstrip('.')}.{word}", word] if previous else [word]
        if "'" in word or "’" in word:
            keys.append(_ELIDED.sub("", word))
        for key in keys:
            if key in self.ending:
                return EITHER if key in self.inside else ENDING
            if key in self.inside:
                return INSIDE
        return INSIDE if self.suffixes and word.endswith(self.suffixes) else 0


def parts_of(abbreviations: Iterable[str]) -> frozenset[str]:
    """Return the last part of each abbreviation, what stands before its last dot."""
    return frozenset(word.rsplit(".", 1)[-1] for word in abbreviations)


def is_known(language: str) -> bool:
    """Tell whether there are facts of ``language``, a BCP 47 tag, or of a language it is a kind of."""
    return _name(language) != "root"


@lru_cache(maxsize=256)
def facts_of(language: str) -> Facts:
    """Return the facts of a BCP 47 tag: its own, or those of the tag without its last parts, or the general ones.

    >>> "bzw" in facts_of("de-AT").inside, facts_of("tlh") == facts_of("")
    (True, True)
    """
    return _load(_name(language))


def _name(language: str) -> str:
    """Look a tag up as RFC 4647, 3.4 does."""
    parts = language.replace("_", "-").lower().split("-")
    names = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in _known()), "root")


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("*.toml"))


@lru_cache(maxsize=32)
def _load(name: str) -> Facts:
    tables = list(_tables(name))

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(" ".join(each.get(table, {}).get(key, "") for each in tables).split())

    def says(table: str, key: str) -> bool:
        return any(each.get(table, {}).get(key, False) for each in tables)

    inside, ending = words("abbreviations", "inside"), words("abbreviations", "ending")
    numbered = words("abbreviations", "numbered")
    return Facts(
        inside=inside,
        ending=ending,
        parts=parts_of(inside | ending | numbered),
        tails=frozenset(word[-TAIL:] for word in inside | ending if len(word) >= TAIL),
        numbered=numbered,
        starters=words("starters", "words"),
        in_names=words("starters", "in_names"),
        introducing=words("starters", "introducing"),
        hours=words("hours", "words"),
        after_hours=words("hours", "after"),
        institutions=words("institutions", "words"),
        months=words("months", "words"),
        ordinals=any("ordinals" in each for each in tables),
        before_ordinal=words("ordinals", "before"),
        after_ordinal=words("ordinals", "after"),
        suffixes=tuple(sorted(words("abbreviations", "suffixes"))),
        quotatives=tuple(sorted(words("quotatives", "words"))),
        endings=tuple(sorted(words("endings", "words"))),
        colon_stops=says("signs", "colon_stops"),
        semicolon_asks=says("signs", "semicolon_asks"),
        dot_is_comma=says("signs", "dot_is_comma"),
        dotless_i=says("letters", "dotless_i"),
    )


def _tables(name: str) -> Iterator[Mapping[str, Any]]:
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    yield table
    if name != "root":
        yield from _tables(table.get("like", "root"))
