"""The words of the pages in the language of their reader: our own catalogs, read and compiled by our own library.

A page marks its words with `_` and `n_` and names a value in braces; numbers take the digits of the language::

    _("Add a document")
    _("{name} is there already", name="interview.txt")
    n_("{n} sentence", "{n} sentences", 3)

The words of the editor, which JavaScript says, stand in the same catalogs: the context is their key in ``strings.js``.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal

from locales.catalog import Catalog
from locales.compile import compile_catalog
from locales.po import read_catalog

CATALOGS = Path(__file__).with_name("catalogs")
LANGUAGES = ("en", "az", "tr", "ru", "de", "fa")
_DIGITS = {"fa": str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")}  # of these, Babel knows the separators alone

_chosen: ContextVar[str | None] = ContextVar("language", default=None)
_asked: list[Callable[[], str]] = []


def use_language(tag: str) -> None:
    """Speak a language of `LANGUAGES` from here on in this thread or task; another becomes English."""
    _chosen.set(tag if tag in LANGUAGES else "en")


def ask_for_language(reader: Callable[[], str]) -> None:
    """Ask this for the language wherever none was chosen: Streamlit runs parts of a page in threads of its own."""
    _asked[:] = [reader]


def language() -> str:
    """Return the tag of the language that is spoken."""
    if _chosen.get() is None:
        use_language(_asked[0]() if _asked else "en")
    return _chosen.get() or "en"


def _(message: str, **values: object) -> str:
    """Return a message in the language spoken, with its values put in."""
    return _translations(language()).gettext(message).format(**_shown(values))


def n_(one: str, other: str, n: int, **values: object) -> str:
    """Return the plural form of a message for a number, which is ``{n}`` in it."""
    return _translations(language()).ngettext(one, other, n).format(**_shown({"n": n, **values}))


def number(value: float) -> str:
    """Return a number in the digits, and with the separators, of the language spoken: ``۱٬۲۳۴٫۵`` in Persian."""
    return digits(format_decimal(value, locale=language(), numbering_system="default"))


def digits(text: str) -> str:
    """Return a number, a percentage or a date that Babel wrote in the digits of the language spoken."""
    return text.translate(_DIGITS.get(language(), {}))


@cache
def words(tag: str) -> Mapping[str, str | dict[str, str]]:
    """Return the words of the editor in a language by their keys; plural forms by their category in the CLDR.

    English, which stands in ``strings.js`` itself, has none.
    """
    if tag == "en":
        return {}
    said, category = _translations(tag), Locale(tag).plural_form
    numbers = {category(n): n for n in range(200)}
    return {
        entry.msgctxt: said.pgettext(entry.msgctxt, entry.msgid)
        if entry.msgid_plural is None
        else {name: said.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, n) for name, n in numbers.items()}
        for entry in _catalog(tag)
        if entry.msgctxt is not None and not entry.obsolete
    }


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    return {name: number(value) if isinstance(value, int | float) else value for name, value in values.items()}


@cache
def _translations(tag: str) -> NullTranslations:
    return NullTranslations() if tag == "en" else GNUTranslations(BytesIO(compile_catalog(_catalog(tag))))


@cache
def _catalog(tag: str) -> Catalog:
    return read_catalog(CATALOGS / tag / "LC_MESSAGES" / "hexapla.po")
