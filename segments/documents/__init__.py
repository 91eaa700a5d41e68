"""Documents as translators see them: units of text found in the original, and translations written into their places.

The original is never written anew. A format finds where its text lies; one splicer puts translations there, and every
other byte stays as it came.
"""

from .formats import FORMATS
from .model import Document, Format, Layout, Unit
from .pseudo import Pseudo, identity, pseudo_translate
from .reading import read_document
from .sentences import cut, join_targets, split_unit
from .writing import encodable, write_document

__all__ = [
    "FORMATS",
    "Document",
    "Format",
    "Layout",
    "Pseudo",
    "Unit",
    "cut",
    "encodable",
    "identity",
    "join_targets",
    "pseudo_translate",
    "read_document",
    "split_unit",
    "write_document",
]
