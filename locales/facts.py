"""What a catalog remembers about a bead: ``# hx: KIND ARGUMENT… HASH`` lines that die with the text they speak of.

Every fact ends in a hash over all msgids and msgstrs of its bead. Whoever changes one of these texts, in whatever
editor, makes the fact void by that alone; nothing has to be cleaned up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

#: The msgstr of an entry whose translation stands elsewhere in its bead, or was left out: invisible, yet not empty.
WORD_JOINER = "\u2060"

_FACT = re.compile(r"hx:[ \t]+(\S+(?:[ \t]+\S+)*)[ \t]+([0-9a-f]{12})")
_WORD = re.compile(r"\S+")
_DIGEST = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a bead: its ``kind``, the ``args`` (words) and the ``digest`` of the texts it holds for.

    >>> str(Fact("align", ("0.87", "2:1"), "9c1e04b7a3d2"))
    'hx: align 0.87 2:1 9c1e04b7a3d2'
    """

    kind: str
    args: tuple[str, ...]
    digest: str

    def __post_init__(self) -> None:
        if not all(_WORD.fullmatch(word) for word in (self.kind, *self.args)) or not _DIGEST.fullmatch(self.digest):
            raise ValueError(f"a fact is words and 12 hexadecimal digits, not {self.kind, self.args, self.digest}")

    def __str__(self) -> str:
        return " ".join(("hx:", self.kind, *self.args, self.digest))

    @classmethod
    def parse(cls, comment: str) -> "Fact | None":
        """Return the fact that a translator comment states; None for every other comment."""
        found = _FACT.fullmatch(comment)
        if found is None:
            return None
        kind, *args = found[1].split()
        return cls(kind, tuple(args), found[2])


def fact_digest(pairs: Iterable[tuple[str, str]]) -> str:
    r"""Return the 12 hexadecimal digits that stand for the (msgid, msgstr) pairs of a bead, in order.

    A plural entry is one pair whose two texts join their forms by NUL, as an MO file does. Every text is preceded by
    its length, so that no two different beads are the same bytes. BLAKE2b (RFC 7693), 6 bytes.

    >>> fact_digest([("One.", "Eins.")]) == fact_digest([("One.", "Eins")])
    False
    """
    return text_digest(text for pair in pairs for text in pair)


def text_digest(texts: Iterable[str]) -> str:
    """Return 12 hexadecimal digits that stand for several texts, the borders between them included.

    >>> text_digest(["ab"]) == text_digest(["a", "b"])
    False
    """
    digest = blake2b(digest_size=6)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()
