"""What changed from one catalog to another: by entry, and inside its texts word by word."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from .beads import beads
from .catalog import Catalog
from .entry import Entry, bead_state
from .threeway import merge_order

# What the names of letters begin with whose scripts put no space between words (Unicode Character Database).
_UNSPACED = (
    *("BALINESE ", "CJK ", "HALFWIDTH KATAKANA", "HENTAIGANA ", "HIRAGANA ", "IDEOGRAPHIC ", "JAVANESE ", "KATAKANA"),
    *("KHMER ", "LAO ", "MYANMAR ", "NEW TAI ", "NUSHU ", "TAI ", "TANGUT ", "THAI ", "TIBETAN ", "YI "),
)
# Pairs of words that are compared one by one; more take minutes, and memory by the gigabyte.
_MOST = 25_000_000
_ZERO_WIDTH_JOINER = "\u200d"
_Class = Literal["word", "space", "single", "mark"]


class Kind(StrEnum):
    """What changed in an entry, as it is written in JSON."""

    ADDED = "added"
    REMOVED = "removed"
    SOURCE = "source"
    TEXT = "text"
    STATE = "state"
    COMMENTS = "comments"


class Piece(NamedTuple):
    """A stretch of a text: in both versions, in the old one alone, or in the new one alone."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one entry.

    ``old`` or ``new`` is None where it was added or removed; the state of an obsolete entry is ``obsolete``, that of no
    entry is empty. ``source`` has the pieces of msgid and, where there is one, msgid_plural, ``texts`` those of each
    form, ``comments`` whole lines (``# …``, ``#. …``, ``#, …`` without fuzzy), only those that differ.
    """

    kinds: tuple[Kind, ...]
    old: Entry | None
    new: Entry | None
    old_state: str
    new_state: str
    source: tuple[tuple[Piece, ...], ...]
    texts: tuple[tuple[Piece, ...], ...]
    comments: tuple[Piece, ...]

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it was before it was removed."""
        entry = self.new or self.old
        assert entry is not None
        return entry


def diff_catalogs(old: Catalog, new: Catalog) -> list[Change]:
    """Return what changed, in the order of ``new``; a removed entry comes after the one it followed.

    An entry is the same if its context and msgid are. Of the others two are one whose source changed if the new one
    has the old msgid as its previous one, or if they alone have the same references. The header is an entry with an
    empty msgid. The order of entries, references, facts and the wrapping of lines are not compared.
    """
    before, after = _entries(old), _entries(new)
    removed = [entry for key, entry in before.items() if key not in after]
    partners = _partners(removed, [entry for key, entry in after.items() if key not in before])
    partners |= {after[key]: entry for key, entry in before.items() if key in after}
    states = _states(old) | _states(new)
    continued = set(partners.values())
    changes = []
    for key in merge_order(list(before), list(before), list(after)):
        entry = after.get(key)
        if entry is not None:
            changes.append(_change(partners.get(entry), entry, states))
        elif before[key] not in continued:
            changes.append(_change(before[key], None, states))
    return [change for change in changes if change.kinds]


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of two texts, as few words removed and added as there can be; the removed come first.

    White space between two changed words belongs to the change. A word is what `words` says. The words in common are
    a longest common subsequence; of texts too long for that, how they begin and how they end.

    >>> [tuple(piece) for piece in word_diff("in spring", "in summer")]
    [('same', 'in '), ('removed', 'spring'), ('added', 'summer')]
    """
    left, right = words(old), words(new)
    if len(left) * len(right) > _MOST:
        return _whole_diff(left, right)
    pieces: list[Piece] = []
    removed = added = gap = ""
    for block in LCSseq.opcodes(left, right):
        one = "".join(left[block.src_start : block.src_end])
        other = "".join(right[block.dest_start : block.dest_end])
        if block.tag != "equal":
            removed, added, gap = removed + gap + one, added + gap + other, ""
        elif one.isspace() and (removed or added):
            gap = one
        else:
            pieces += [Piece("removed", removed), Piece("added", added), Piece("same", gap + one)]
            removed = added = gap = ""
    pieces += [Piece("removed", removed), Piece("added", added), Piece("same", gap)]
    return tuple(piece for piece in pieces if piece.text)


def _whole_diff(left: Sequence[str], right: Sequence[str]) -> tuple[Piece, ...]:
    """Return what two texts begin and end with, and all between as one change."""
    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    one, other = len(left) - end, len(right) - end
    pieces = (
        Piece("same", "".join(left[:start])),
        Piece("removed", "".join(left[start:one])),
        Piece("added", "".join(right[start:other])),
        Piece("same", "".join(left[one:])),
    )
    return tuple(piece for piece in pieces if piece.text)


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many words two texts begin with in common."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(left), len(right)))


def words(text: str) -> list[str]:
    """Cut a text into words, stretches of white space, and single signs; joined they are the text again.

    In scripts without spaces, such as those of Chinese, Japanese and Thai, a word is one character with its marks.

    >>> words("Don't go."), words("東京へ"), words("हिन्दी")
    (['Don', "'", 't', ' ', 'go', '.'], ['東', '京', 'へ'], ['हिन्दी'])
    """
    tokens: list[str] = []
    last: _Class = "single"
    for character in text:
        found = _class(character)
        joined = found == "mark" or (found == last and found in ("word", "space"))
        if tokens and (joined or tokens[-1].endswith(_ZERO_WIDTH_JOINER)):
            tokens[-1] += character
        else:
            tokens.append(character)
        if found != "mark":
            last = found
    return tokens


@lru_cache(maxsize=4096)
def _class(character: str) -> _Class:
    category = unicodedata.category(character)
    if character.isspace():
        return "space"
    if category[0] == "M" or category in ("Cf", "Sk"):  # Sk: the colours of emoji
        return "mark"
    if category[0] not in "LN" or unicodedata.name(character, "").startswith(_UNSPACED):
        return "single"
    return "word"


def _entries(catalog: Catalog) -> dict[tuple[str | None, str], Entry]:
    header = catalog.header_entry
    return {entry.key: entry for entry in (*catalog, *([header] if header else []))}


def _states(catalog: Catalog) -> dict[Entry, str]:
    states = {entry: "obsolete" if entry.obsolete else entry.state.name.lower() for entry in _entries(catalog).values()}
    for bead in beads(catalog):
        if len(bead) > 1:
            states |= dict.fromkeys(bead, bead_state(bead).name.lower())
    return states


def _partners(removed: Sequence[Entry], added: Sequence[Entry]) -> dict[Entry, Entry]:
    """Return for each new entry that continues an old one under another source the old one."""
    free = {entry.key: entry for entry in removed}
    found: dict[Entry, Entry] = {}
    for entry in added:
        if entry.previous_msgid is not None:
            previous = free.pop((entry.previous_msgctxt, entry.previous_msgid), None)
            found |= {entry: previous} if previous else {}
    places = Counter(entry.references for entry in (*removed, *added) if entry.references)
    by_place = {entry.references: entry for entry in free.values()}
    for entry in added:
        if entry not in found and places[entry.references] == 2 and entry.references in by_place:
            found[entry] = by_place[entry.references]
    return found


def _change(old: Entry | None, new: Entry | None, states: dict[Entry, str]) -> Change:
    kinds = list(_kinds(old, new, states))
    if not kinds:
        return Change((), old, new, "", "", (), (), ())
    return Change(
        tuple(kinds),
        old,
        new,
        states[old] if old else "",
        states[new] if new else "",
        tuple(word_diff(*pair) for pair in zip_longest(_sources(old), _sources(new), fillvalue="")),
        tuple(word_diff(*pair) for pair in zip_longest(_forms(old), _forms(new), fillvalue="")),
        _line_diff(_comments(old), _comments(new)),
    )


def _kinds(old: Entry | None, new: Entry | None, states: dict[Entry, str]) -> Iterator[Kind]:
    if old is None or new is None:
        yield Kind.REMOVED if new is None else Kind.ADDED
        return
    if (old.key, old.msgid_plural) != (new.key, new.msgid_plural):
        yield Kind.SOURCE
    if old.forms() != new.forms():
        yield Kind.TEXT
    if states[old] != states[new]:
        yield Kind.STATE
    if _comments(old) != _comments(new):
        yield Kind.COMMENTS


def _sources(entry: Entry | None) -> list[str]:
    if entry is None:
        return []
    return [entry.msgid] if entry.msgid_plural is None else [entry.msgid, entry.msgid_plural]


def _forms(entry: Entry | None) -> list[str]:
    return entry.forms() if entry else []


def _comments(entry: Entry | None) -> list[str]:
    if entry is None:
        return []
    lines = [f"# {line}" for line in entry.comments] + [f"#. {line}" for line in entry.extracted]
    return lines + [f"#, {flag}" for flag in sorted(entry.flags) if flag != "fuzzy"]


def _line_diff(old: Iterable[str], new: Iterable[str]) -> tuple[Piece, ...]:
    before, after = Counter(old), Counter(new)
    removed = [Piece("removed", line) for line in (before - after).elements()]
    return (*removed, *(Piece("added", line) for line in (after - before).elements()))
