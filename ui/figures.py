"""Languages, shares and days as the reader of a page writes them."""

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent

from locales.tags import display_name

from .messages import digits, language

_DATES = {"fa": "d MMMM y G"}  # Babel has no Persian calendar: the era says which one it is


def language_name(tag: str) -> str:
    """Return the name of a language.

    >>> language_name("pt-BR")
    'Portuguese (Brazil)'
    """
    return display_name(tag, language())


def percent(part: int, whole: int) -> str:
    """Return a share without decimals; only all of it is 100 %, and only nothing 0 %.

    >>> percent(1, 3), percent(999, 1000), percent(1, 1000), percent(0, 0)
    ('33%', '99%', '1%', '100%')
    """
    share = part / whole if whole else 1.0
    rounded = min(0.99, max(0.01, share)) if 0 < share < 1 else share
    return digits(format_percent(rounded, locale=language(), numbering_system="default"))


def day(when: date) -> str:
    """Return a date in full.

    >>> day(date(2026, 3, 1))
    'March 1, 2026'
    """
    return digits(format_date(when, _DATES.get(language(), "long"), locale=language()))


def listing(items: Iterable[str]) -> str:
    """Return things one after the other, with the commas and the last word of the language.

    >>> listing(["German", "Persian", "Russian"])
    'German, Persian, and Russian'
    """
    return format_list(list(items), locale=language())
