"""How are associations kept in a file? A line that names the format, a checksum, the words, and four plain arrays.

Every length is checked against what is there before an array is made, so a damaged or foreign file costs no more than
its own size.
"""

import json
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from ..errors import AlignmentError
from .arrays import Floats, Ints
from .associations import Associations, Vocabulary

_FORMAT = b"hexapla associations 1\n"
_CHECKSUM = 16
_NUMBER, _COUNT = np.dtype("<i4"), np.dtype("<f4")


def to_bytes(known: Associations) -> bytes:
    """Serialise associations; counts keep the seven digits of single precision.

    >>> from_bytes(to_bytes(Associations.none())).source.words
    ()
    """
    words = [list(side.words) for side in (known.source, known.target)]
    head = json.dumps({"words": words, "pairs": len(known.forward)}).encode() + b"\n"
    counts = (*known.source[1:], *known.target[1:], known.forward, known.backward)
    parts = [array.astype(_NUMBER).tobytes() for array in (known.source_word, known.target_word)]
    parts += [array.astype(_COUNT).tobytes() for array in counts]
    body = head + b"".join(parts)
    return _FORMAT + blake2b(body, digest_size=_CHECKSUM).digest() + body


def from_bytes(data: bytes) -> Associations:
    """Read what `to_bytes` wrote.

    Raises AlignmentError when it is damaged, or something else.
    """
    start = len(_FORMAT) + _CHECKSUM
    body = data[start:]
    if not data.startswith(_FORMAT) or blake2b(body, digest_size=_CHECKSUM).digest() != data[len(_FORMAT) : start]:
        raise AlignmentError("These are not associations that Hexapla wrote, or they are damaged: delete the file.")
    try:
        return _read(body)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise AlignmentError(f"These associations contradict themselves ({error}): delete the file.") from None


def _read(body: bytes) -> Associations:
    head, _, arrays = body.partition(b"\n")
    description = json.loads(head)
    words = [tuple(str(word) for word in side) for side in description["words"]]
    pairs = int(description["pairs"])
    sizes = [pairs, pairs, *(len(side) for side in words for _ in range(2)), pairs, pairs]
    if pairs < 0 or sum(sizes) * _NUMBER.itemsize != len(arrays):
        raise ValueError("the arrays are not as long as they should be")
    ends = np.cumsum([0, *sizes]) * _NUMBER.itemsize
    parts = [arrays[first:last] for first, last in pairwise(ends.tolist())]
    source_word, target_word = (_numbers(part, len(side)) for part, side in zip(parts[:2], words, strict=True))
    spoken, taught, heard, learned, forward, backward = map(_counts, parts[2:])
    source, target = Vocabulary(words[0], spoken, taught), Vocabulary(words[1], heard, learned)
    return Associations(source, target, source_word, target_word, forward, backward)


def _numbers(part: bytes, words: int) -> Ints:
    numbers = np.frombuffer(part, _NUMBER).astype(np.int64)
    if len(numbers) and not 0 <= numbers.min() <= numbers.max() < words:
        raise ValueError("a pair names a word that is not there")
    return numbers


def _counts(part: bytes) -> Floats:
    counts = np.frombuffer(part, _COUNT).astype(np.float64)
    if not np.all((counts >= 0) & (counts < np.inf)):
        raise ValueError("a count is below zero or no number")
    return counts
