"""Regular expressions that people type: they may be wrong, and they may take for ever."""

import time
from collections.abc import Callable

import regex

from segments.errors import PatternError
from segments.patterns import compiled

from .errors import QueryError

LONGEST = 1_000_000  # characters that a replacement may make of a text
SECONDS = 5.0  # for all texts that one pattern is tried on together


class Pattern:
    """A regular expression of Python that gives up when it takes too long.

    It needs the library `regex` instead of `re`, which cannot be interrupted and lets nobody else work meanwhile.

    Args:
        text: the expression.
        case: whether upper and lower case differ.

    Raises:
        QueryError: it is no regular expression.
    """

    def __init__(self, text: str, *, case: bool = True) -> None:
        self._text = text
        self._end = time.monotonic() + SECONDS
        try:
            self._compiled = compiled(text, "the search", 0 if case else regex.IGNORECASE)
        except PatternError as error:
            raise QueryError(str(error)) from None

    def found_in(self, text: str) -> bool:
        """Tell whether it matches somewhere.

        Raises:
            QueryError: it takes too long.
        """
        return self._in_time(lambda seconds: self._compiled.search(text, timeout=seconds, concurrent=True)) is not None

    def replace(self, by: str, text: str) -> str:
        r"""Return the text with every match replaced; ``by`` may name groups (``\1``).

        Raises:
            QueryError: it takes too long, makes too much, or ``by`` names a group that there is not.
        """
        try:
            new = str(self._in_time(lambda seconds: self._compiled.sub(by, text, timeout=seconds, concurrent=True)))
        except (regex.error, IndexError) as error:
            raise QueryError(f"{by!r}: cannot be put in ({error}); groups are written \\1") from None
        if len(new) > max(LONGEST, 2 * len(text)):
            raise QueryError(f"{self._text!r}: would make a text of {len(new):,} characters; replace less")
        return new

    def _in_time(self, match: Callable[[float], object]) -> object:
        left = self._end - time.monotonic()
        try:
            if left > 0:
                return match(left)
        except TimeoutError:
            pass
        raise QueryError(f"{self._text!r}: takes too long on these texts; make it simpler")
