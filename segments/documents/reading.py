"""How does a file become a document, and a document a file?"""

from collections.abc import Mapping

from ..errors import DocumentError
from .formats import choose_format, named_format
from .model import Document

__all__ = ["LARGEST", "check_size", "read_document", "write_document"]

LARGEST = 100_000_000
"""The bytes of the largest document that is read; its text and units take about ten times as much memory."""
_HEAD = 1024


def check_size(name: str, size: int) -> None:
    """Refuse a document of ``size`` bytes that is too large to be read as a whole.

    Raise :class:`DocumentError` if it is.
    """
    if size > LARGEST:
        raise DocumentError(
            f"{name}: {size / 1e6:,.0f} MB is more than the {LARGEST / 1e6:,.0f} MB a document may have; split it."
        )


def read_document(name: str, data: bytes, language: str | None = None) -> Document:
    r"""Read the document ``data``; ``name``, its path or file name, tells the format and is named in errors.

    ``language`` (BCP 47) helps to tell the encoding of a document that is not in Unicode. Raise
    :class:`DocumentError` where the file is too large or of another kind, its encoding is not sure, or it holds no
    word.

    >>> [unit.text for unit in read_document("walk.md", b"# A *walk*\n\nIt rained.\n").units]
    ['A {1}walk{/1}', 'It rained.']
    """
    check_size(name, len(data))
    if not data:
        raise DocumentError(f"{name}: the document is empty; add one that holds text.")
    document = choose_format(name, data[:_HEAD]).read(name, data, language)
    if not document.units and document.unreached:
        raise DocumentError(f"{name}: its text is nested too deeply, or marked up too much, to be read; simplify it.")
    if not document.units:
        raise DocumentError(f"{name}: there is no text to translate in this document; add one that holds text.")
    return document


def write_document(document: Document, targets: Mapping[int, str], target_language: str) -> bytes:
    """Return the bytes of ``document`` with ``targets``, unit index to unit text, in the place of its units.

    A unit without a target, or with its own text as target, stays byte for byte. Raise :class:`DocumentError` for a
    target that is no valid text, belongs to no unit, or has tags that its unit has not.
    """
    for index in targets:
        if not 0 <= index < len(document.units):
            raise DocumentError(f"{document.name}: there is no unit {index}; the document has {len(document.units)}.")
    return named_format(document.format).write(document, targets, target_language)
