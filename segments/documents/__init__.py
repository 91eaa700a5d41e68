"""Documents as translators see them: units of text found in the original, and translations written into their places.

The original is never written anew. A format finds where its text lies; one splicer puts translations there, and every
other byte stays as it came.
"""

from .decoding import read_text
from .formats import GROUP, format_packages, installed_formats
from .fragments import fragment
from .model import Close, Document, Format, Layout, Node, Open, Part, Placeholder, Tag, Text, Unit
from .pseudo import Pseudo, identity, pseudo_translate
from .reading import LARGEST, check_size, read_document, write_document
from .reading_speed import CueFinding, cue_findings
from .sentences import Segment, cut, join_targets, segments_at, split_unit
from .tags import count_tags, renumbered, tag_problems, with_numbers, without_tags
from .text_format import TextFormat
from .units import make_unit, one_line
from .writing import encodable, write_units

__all__ = [
    "GROUP",
    "LARGEST",
    "Close",
    "CueFinding",
    "Document",
    "Format",
    "Layout",
    "Node",
    "Open",
    "Part",
    "Placeholder",
    "Pseudo",
    "Segment",
    "Tag",
    "Text",
    "TextFormat",
    "Unit",
    "check_size",
    "count_tags",
    "cue_findings",
    "cut",
    "encodable",
    "format_packages",
    "fragment",
    "identity",
    "installed_formats",
    "join_targets",
    "make_unit",
    "one_line",
    "pseudo_translate",
    "read_document",
    "read_text",
    "renumbered",
    "segments_at",
    "split_unit",
    "tag_problems",
    "with_numbers",
    "without_tags",
    "write_document",
    "write_units",
]
