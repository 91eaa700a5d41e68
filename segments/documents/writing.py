"""How are translations written into a document? Into the places of its units; all other bytes stay as they are."""

from collections.abc import Mapping

from ..errors import DocumentError
from .model import Document
from .rendering import render

__all__ = ["encodable", "write_document"]


def write_document(document: Document, targets: Mapping[int, str], target_language: str) -> bytes:
    """Return the bytes of ``document`` with ``targets``, unit index to unit text, in the place of its units.

    A unit without a target, or with its own text as target, stays byte for byte. The encoding and the byte order mark
    stay, too, unless the encoding lacks a character: then the document is written in UTF-8 (see :func:`encodable`).
    Raise :class:`DocumentError` for a target that is no valid text or belongs to no unit.
    """
    text = document.bom.decode(document.encoding) + _spliced(document, targets, target_language)
    for encoding in (document.encoding, "utf-8"):
        try:
            return text.encode(encoding)
        except UnicodeEncodeError as error:
            failure = error
    raise DocumentError(
        f"{document.name}: a translation holds {failure.object[failure.start]!a}, which is no character."
    )


def encodable(document: Document, targets: Mapping[int, str]) -> bool:
    """Tell whether the encoding of ``document`` has all characters of the targets, so that it can stay as it is."""
    try:
        "".join(targets.values()).encode(document.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _spliced(document: Document, targets: Mapping[int, str], target_language: str) -> str:
    parts: list[str] = []
    position = 0
    for index, target in sorted(targets.items()):
        if not 0 <= index < len(document.units):
            raise DocumentError(f"{document.name}: there is no unit {index}; the document has {len(document.units)}.")
        unit = document.units[index]
        if target != unit.text:
            parts += [document.text[position : unit.extent.start], render(unit, target, target_language)]
            position = unit.extent.end
    return "".join([*parts, document.text[position:]])
