"""Which of our languages a reader is spoken to: the one chosen in this browser, else the best it asks for."""

import re
from collections.abc import Iterator

from .messages import LANGUAGES

#: The cookie that keeps a choice; browsers share it between ports, and so all projects of a reader speak one language.
COOKIE = "hexapla-language"
_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?")


def choose_language(kept: str | None, accepted: str | None) -> str:
    """Return the tag that the cookie keeps, else the one of `LANGUAGES` that Accept-Language likes best, else English.

    A language is one whatever its region and script are (RFC 9110 section 12.5.4, and lookup in RFC 4647).

    >>> choose_language(None, "fr-CA, tr-CY;q=0.7, de;q=0.9"), choose_language("az", "de"), choose_language(None, None)
    ('de', 'az', 'en')
    """
    if kept in LANGUAGES:
        return kept
    wanted = sorted(_ranges(accepted or ""), reverse=True, key=lambda each: each[1])
    return next((tag for tag, quality in wanted if quality and tag in LANGUAGES), "en")


def _ranges(accepted: str) -> Iterator[tuple[str, float]]:
    """Read a language and its weight from each part; what is none is passed over."""
    for part in accepted.split(","):
        found = _RANGE.fullmatch(part)
        if found:
            yield found[1].lower(), float(found[2] or 1)
