"""Which formats are read, and which of them is a document in?"""

from collections.abc import Mapping
from functools import cache
from importlib import metadata
from operator import itemgetter

from ..errors import DocumentError
from .decoding import check_text
from .model import Format

__all__ = ["GROUP", "choose_format", "format_packages", "installed_formats", "named_format"]

GROUP = "hexapla.formats"
"""The entry-point group through which a format joins, those of this package like any other."""


@cache
def installed_formats() -> Mapping[str, Format]:
    """Return the formats that are installed, by name.

    Raise :class:`DocumentError` for one that cannot be loaded.
    """
    found: dict[str, Format] = {}
    for entry_point in sorted(metadata.entry_points(group=GROUP), key=lambda each: each.name):
        try:
            form: Format = entry_point.load()
            if entry_point.name != form.NAME:
                raise AttributeError(f"it calls itself {form.NAME}")
        except (ImportError, AttributeError) as error:
            package = entry_point.dist.name if entry_point.dist else "an unknown package"
            raise DocumentError(
                f"the format {entry_point.name} of {package} cannot be loaded ({error}); repair or remove that package."
            ) from error
        found[form.NAME] = form
    return found


def format_packages() -> dict[str, str]:
    """Return the package and version that each installed format comes from, by the name it is registered under."""
    found = metadata.entry_points(group=GROUP)
    return {each.name: f"{each.dist.name} {each.dist.version}" if each.dist else "" for each in found}


def choose_format(name: str, head: bytes) -> Format:
    """Return the format that a document of this name, with these first bytes, is most likely in.

    Of two that are equally likely the first by name is taken. Raise :class:`DocumentError` if it is in none of them.
    """
    forms = installed_formats().values()
    likelihood, best = max(((form.sniff(name, head), form) for form in forms), key=itemgetter(0), default=(0.0, None))
    if best is None or likelihood <= 0:
        check_text(name, head)
        known = ", ".join(sorted(ending for form in forms for ending in form.EXTENSIONS))
        raise DocumentError(f"{name}: this kind of document cannot be read; save it as one of {known}.")
    return best


def named_format(name: str) -> Format:
    """Return the format called ``name``, as a document that was read tells it."""
    return installed_formats()[name]
