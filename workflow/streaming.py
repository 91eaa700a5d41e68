"""How is a text cut that is larger than the memory should be? Part by part, each ending at a blank line."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from segments.documents import segments_at, split_unit
from segments.documents.text import find_units
from segments.splitting import Ends

from .errors import WorkflowError

__all__ = ["LARGE", "sentences"]

LARGE = 32_000_000  # bytes from which a text is read in parts
_PART = 2_000_000
_LONGEST = 16_000_000  # bytes without a blank line, before a part ends at another white space
_BLANK_LINES = (b"\n\n", b"\r\n\r\n")
_LESSER = (b"\n", b". ", b" ")


def sentences(file: BinaryIO, language: str, ends: Ends | None, show: Callable[[int], None]) -> Iterator[str]:
    """Yield the sentences of a plain text in UTF-8, in order, with ``show`` told how many bytes are done.

    Raises:
        WorkflowError: the text is not in UTF-8.
    """
    done = 0
    for part in _parts(file):
        try:
            text = part.decode("utf-8-sig" if done == 0 else "utf-8")
        except UnicodeDecodeError as error:
            place = done + error.start
            raise WorkflowError(
                f"byte {place}: not UTF-8; a text of this size has to be, so convert it first"
            ) from None
        for unit in find_units(text)[0]:
            yield from (segment.text for segment in segments_at(unit, split_unit(unit, language, ends)))
        done += len(part)
        show(done)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while data := file.read(_PART):
        rest += data
        place = max(rest.rfind(line) + len(line) for line in _BLANK_LINES if line in rest) if _has_blank(rest) else 0
        if not place and len(rest) >= _LONGEST:
            place = next((rest.rfind(sign) + len(sign) for sign in _LESSER if sign in rest), 0)
        if place:
            yield rest[:place]
            rest = rest[place:]
    if rest:
        yield rest


def _has_blank(data: bytes) -> bool:
    return any(line in data for line in _BLANK_LINES)
