"""What is known of a text before its candidates are judged?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ..facts import Facts
from .candidates import Candidate, candidates, is_caseless
from .characters import LOWER, UPPER, kind
from .enclosures import Enclosures
from .enumerations import Labels, find_labels

__all__ = ["BEFORE_WORD", "Context", "read", "skip_space"]

BEFORE_WORD = "([{\"'“„«‘‚¿¡-–—/"
"""What may stand before a word without a space, and is no part of it."""
_AFTER_WORD = ".,;:!?)]}\"'”»“…"
_FORGOTTEN_SPACE = re.compile(r"(?<=[^\W\d_]{4}\.)(?=[^\W\d_])")
_REACH = 32  # code points of the words that are looked at


@dataclass(frozen=True, slots=True)
class Context:
    """A text, its language, and what all its candidates share.

    ``plain`` is where sentences end beyond doubt, ``candidates`` are all other places; both are in order.
    ``careless`` is said of a text that begins its sentences with small letters.
    """

    text: str
    facts: Facts
    plain: Sequence[int]
    candidates: Sequence[Candidate]
    labels: Labels
    enclosures: Enclosures
    caseless: bool
    careless: bool

    def words_before(self, position: int) -> tuple[str, str]:
        """Return the last two words before a position, the last one without what opens it; ``""`` for none."""
        words = self.text[max(0, position - _REACH) : position].rsplit(None, 2)
        last = words[-1].lstrip(BEFORE_WORD) if words and not self.text[position - 1].isspace() else ""
        if "." in last:
            last = _FORGOTTEN_SPACE.split(last)[-1]
        return (words[-2] if last and len(words) > 1 else ""), last

    def word_at(self, position: int) -> str:
        """Return the key of the word that begins at a position."""
        words = self.text[position : position + _REACH].split(None, 1)
        return self.facts.lower(words[0].rstrip(_AFTER_WORD)) if words else ""

    def ends_word(self, candidate: Candidate) -> bool:
        """Tell whether a stop, but no ellipsis, follows a word that is no abbreviation."""
        key = self.facts.lower(self.words_before(candidate.start)[1])
        known = key in self.facts.starters or (len(key) > 2 and key.isalpha())
        run = self.text[candidate.start : candidate.end]
        return known and ".." not in run and not self.facts.abbreviation(key)

    def begins_sentence(self, position: int) -> bool:
        """Tell whether the word at a position often begins a sentence; a letter must stand alone, unlike an initial."""
        word = self.word_at(position)
        return word in self.facts.starters and (len(word) > 1 or self.text[position + 1 : position + 2].isspace())


def read(text: str, facts: Facts, *, enclosed: bool = True) -> Context:
    """Find the candidates of a text and what they share; without ``enclosed`` nothing counts as quoted or bracketed."""
    caseless = is_caseless(text)
    plain, found = candidates(text, facts, caseless)
    labels = find_labels(text)
    enclosures = Enclosures(text if enclosed else "")
    if doubtful := labels.ends.intersection(plain) | enclosures.enclosed(plain):
        plain = [end for end in plain if end not in doubtful]
    if doubtful or labels.ends:
        known = {candidate.end for candidate in found}
        found += [Candidate(end - 1, end, text[end - 1]) for end in doubtful]
        found += [Candidate(end, end, "") for end in labels.ends.difference(known, doubtful)]
        found.sort(key=attrgetter("end"))
    return Context(text, facts, plain, found, labels, enclosures, caseless, not plain and _is_careless(text, found))


def skip_space(text: str, position: int) -> int:
    """Return where the white space at ``position`` ends."""
    while text[position : position + 1].isspace():
        position += 1
    return position


def _is_careless(text: str, found: Sequence[Candidate]) -> bool:
    """Tell whether a text begins its first sentence with a small letter, and goes on so after every stop."""
    if kind(text[skip_space(text, 0) :][:1]) != LOWER:
        return False
    after = [kind(text[end + 1 : end + 2]) for _, end, sign in found if sign and sign in ".!?"]
    return LOWER in after and UPPER not in after
