"""A regular expression that somebody wrote for a project: it may be wrong, and it may take for ever."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import regex

from .errors import PatternError

__all__ = ["Pattern", "compiled"]

SECONDS = 5.0  # of this thread
FAIR_CALL, FAIR_LETTER = 1e-3, 1e-5  # seconds; an ordinary pattern takes a hundredth of them
_T = TypeVar("_T")


def compiled(text: str, where: str, flags: int = 0) -> Any:
    """Compile a regular expression by the library `regex`, which can be interrupted, as `re` cannot.

    Raises:
        PatternError: it is no regular expression; it names ``where`` that was written.
    """
    try:
        return regex.compile(text, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise PatternError(f"{where}: {text!r} is no regular expression ({error}); mend it") from None


class Pattern:
    """A regular expression that gives up when it takes too long; nobody else has to wait for it meanwhile.

    Every match has the time that is fair for itself and for each letter it may read. What matches take over that is
    counted, and may be `SECONDS` together: so the whole is bounded by the length of all texts.

    Args:
        expression: as `compiled`.
        where: it was written, for the error.

    Raises:
        PatternError: from all methods, when it takes too long.

    >>> Pattern(compiled("a+", "a doctest"), "a doctest").spans("banana")
    [(1, 2), (3, 4), (5, 6)]
    """

    def __init__(self, expression: Any, where: str) -> None:
        self._expression, self._where = expression, where
        self._left = SECONDS

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where all matches in a text begin and end."""
        found = partial(self._expression.finditer, text, concurrent=True)
        return self._in_time(lambda seconds: [each.span() for each in found(timeout=seconds)], len(text))

    def search(self, text: str, position: int) -> Any:
        """Return the first match from a position on, or None."""
        found = partial(self._expression.search, text, position, concurrent=True)
        return self._in_time(lambda seconds: found(timeout=seconds), len(text) - position)

    def match(self, text: str, position: int) -> Any:
        """Return the match at a position, or None."""
        found = partial(self._expression.match, text, position, concurrent=True)
        return self._in_time(lambda seconds: found(timeout=seconds))

    def _in_time(self, match: Callable[[float], _T], letters: int = 0) -> _T:
        start, fair = time.thread_time(), FAIR_CALL + FAIR_LETTER * letters
        try:
            return match(self._left + fair)
        except TimeoutError:
            text = self._expression.pattern
            raise PatternError(f"{self._where}: {text!r} takes too long on these texts; make it simpler") from None
        finally:
            self._left -= min(self._left, max(0, time.thread_time() - start - fair))
