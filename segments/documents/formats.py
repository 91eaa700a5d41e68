"""Which formats are read, and which of them is a document in?"""

from ..errors import DocumentError
from . import markdown, text
from .model import Format

__all__ = ["FORMATS", "choose_format", "named_format"]

FORMATS: tuple[Format, ...] = (markdown, text)
"""A format joins by its place here; of two that are equally likely the first is taken."""


def choose_format(name: str, head: bytes) -> Format:
    """Return the format that a document of this name, with these first bytes, is most likely in.

    Raise :class:`DocumentError` if it is in none of them.
    """
    likelihoods = [form.sniff(name, head) for form in FORMATS]
    best = max(likelihoods)
    if best <= 0:
        raise DocumentError(
            f"{name}: this kind of document cannot be read; save it as plain text (.txt) or Markdown (.md)."
        )
    return FORMATS[likelihoods.index(best)]


def named_format(name: str) -> Format:
    """Return the format called ``name``, as a document that was read tells it."""
    return next(form for form in FORMATS if name == form.NAME)
