"""How does a file become a document?"""

from ..errors import DocumentError
from .decoding import decode
from .formats import choose_format
from .model import Document

__all__ = ["read_document"]

_HEAD = 1024


def read_document(name: str, data: bytes, language: str | None = None) -> Document:
    r"""Read the document ``data``; ``name``, its path or file name, tells the format and is named in errors.

    ``language`` (BCP 47) helps to tell the encoding of a document that is not in Unicode. Raise
    :class:`DocumentError` where the file is of another kind, its encoding is not sure, or it holds no word.

    >>> [unit.text for unit in read_document("walk.md", b"# A walk\n\nIt rained.\n").units]
    ['A walk', 'It rained.']
    """
    if not data:
        raise DocumentError(f"{name}: the document is empty; add one that holds text.")
    text, encoding, mark = decode(name, data, language)
    form = choose_format(name, data[:_HEAD])
    units, unreached = form.find_units(text)
    if not units and unreached:
        raise DocumentError(f"{name}: its text is nested too deeply, or marked up too much, to be read; simplify it.")
    if not units:
        raise DocumentError(f"{name}: there is no text to translate in this document; add one that holds text.")
    return Document(name, form.NAME, encoding, mark, text, tuple(units), unreached)
