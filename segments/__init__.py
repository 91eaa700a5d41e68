"""Text: documents, units, sentences and the beads that align them. Knows nothing of catalogs or projects."""

from typing import TYPE_CHECKING, Any

from .errors import SegmentsError
from .model import Bead, Span

if TYPE_CHECKING:
    from .alignment import Section, align, align_documents, find_sections
    from .splitting import split

__all__ = ["Bead", "Section", "SegmentsError", "Span", "align", "align_documents", "find_sections", "split"]


def __getattr__(name: str) -> Any:
    # Alignment needs numpy and splitting an engine: neither is paid for until it is asked for.
    if name == "split":
        from .splitting import split

        return split
    if name in ("Section", "align", "align_documents", "find_sections"):
        from . import alignment

        return getattr(alignment, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
