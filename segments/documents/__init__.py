"""Documents as translators see them: units of text found in the original, and translations written into their places.

The original is never written anew. A format finds where its text lies; one splicer puts translations there, and every
other byte stays as it came.
"""

from .formats import GROUP, format_packages, installed_formats
from .fragments import fragment
from .model import Close, Document, Format, Layout, Node, Open, Part, Placeholder, Tag, Text, Unit
from .pseudo import Pseudo, identity, pseudo_translate
from .reading import LARGEST, check_size, read_document, write_document
from .reading_speed import CueFinding, cue_findings
from .sentences import Ignorable, Segment, contents, cut, join_targets, segments_at, split_unit
from .tags import count_tags, renumbered, tag_problems, with_numbers, without_tags
from .writing import encodable

__all__ = [
    "GROUP",
    "LARGEST",
    "Close",
    "CueFinding",
    "Document",
    "Format",
    "Ignorable",
    "Layout",
    "Node",
    "Open",
    "Part",
    "Placeholder",
    "Pseudo",
    "Segment",
    "Tag",
    "Text",
    "Unit",
    "check_size",
    "contents",
    "count_tags",
    "cue_findings",
    "cut",
    "encodable",
    "format_packages",
    "fragment",
    "identity",
    "installed_formats",
    "join_targets",
    "pseudo_translate",
    "read_document",
    "renumbered",
    "segments_at",
    "split_unit",
    "tag_problems",
    "with_numbers",
    "without_tags",
    "write_document",
]
