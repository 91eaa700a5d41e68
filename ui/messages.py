"""The words of the pages in the language of their reader: our own catalogs, read and compiled by our own library.

A page marks its words with `_` and `n_` and says a value by its name in braces::

    _("Add a document")
    _("{name} is there already", name="interview.txt")
    n_("{n} sentence", "{n} sentences", 3)

The words of the editor, which JavaScript says, stand in the same catalogs under the keys of ``strings.js``.
"""

from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from locales.compile import compile_catalog
from locales.po import read_catalog

CATALOGS = Path(__file__).with_name("catalogs")
LANGUAGES = ("en", "az", "tr", "ru", "de", "fa")

_chosen: ContextVar[str] = ContextVar("language", default="en")


def use_language(tag: str) -> None:
    """Speak a language of `LANGUAGES` from here on in this thread or task; another becomes English."""
    _chosen.set(tag if tag in LANGUAGES else "en")


def language() -> str:
    """Return the tag of the language that is spoken."""
    return _chosen.get()


def _(message: str, **values: object) -> str:
    """Return a message in the language spoken, with its values put in."""
    return _translations(language()).gettext(message).format(**values)


def n_(one: str, other: str, n: int, **values: object) -> str:
    """Return the plural form of a message for a number, which is ``{n}`` in it."""
    return _translations(language()).ngettext(one, other, n).format(n=n, **values)


@cache
def _translations(tag: str) -> NullTranslations:
    path = CATALOGS / tag / "LC_MESSAGES" / "hexapla.po"
    if not path.exists():
        return NullTranslations()
    return GNUTranslations(BytesIO(compile_catalog(read_catalog(path))))
