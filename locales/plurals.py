"""What the Plural-Forms field of a catalog header says, and whether it can be computed with."""

import gettext
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

# msgfmt -c tries the same numbers.
_TRIED = range(1001)
_NPLURALS = re.compile(r"nplurals=[ \t]*([0-9]+)")
# Neither gettext nor Python's reader of MO files finds the expression in any other place.
_RULE = re.compile(r"nplurals=[ \t]*([0-9]+)[ \t]*;[ \t]*plural=([^;]*)")
# The numbers that CLDR takes its samples from; the large ones are in forms of their own in French and Spanish.
_SAMPLED = (*range(201), 1_000, 10_000, 100_000, 1_000_000)
_SAMPLES = 6


def nplurals(plural_forms: str) -> int | None:
    """Return how many forms there are; None where the field does not give a number.

    >>> nplurals("nplurals=2; plural=(n != 1);")
    2
    """
    found = _NPLURALS.search(plural_forms)
    return int(found[1]) if found else None


def form_counts(plural_forms: str, numbers: Iterable[int] = _TRIED) -> Counter[int]:
    """Return for how many of the numbers each form stands; raises ValueError for a rule that does not work.

    >>> form_counts("nplurals=2; plural=(n != 1);")
    Counter({1: 1000, 0: 1})
    """
    return Counter(_forms(plural_forms, tuple(numbers)))


def plural_examples(language: str) -> list[tuple[int, ...]]:
    """Return, for each plural form in order, up to six numbers that are said with it.

    ``language`` is a BCP 47 tag or the value of Plural-Forms. The numbers are those of the samples in the Unicode CLDR
    (UTS 35 part 3, "Plural rules syntax"): the first of 0 to 200, then round ones; a form that no number has is empty.
    Raises `UnknownLanguageError` for a tag and ValueError for a rule that does not work.

    >>> plural_examples("ru")
    [(1, 21, 31, 41, 51, 61), (2, 3, 4, 22, 23, 24), (0, 5, 6, 7, 8, 9)]
    >>> plural_examples("nplurals=2; plural=(n > 1);")
    [(0, 1), (2, 3, 4, 5, 6, 7)]
    """
    from .tags import plural_forms  # Babel is needed for a tag only

    rule = language if "plural" in language else plural_forms(language)
    said = list(zip(_SAMPLED, _forms(rule, _SAMPLED), strict=True))
    examples = ([number for number, form in said if form == wanted] for wanted in range(nplurals(rule) or 0))
    return [tuple(numbers[:_SAMPLES]) for numbers in examples]


@lru_cache(maxsize=256)
def _forms(plural_forms: str, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return the form of each number; raises ValueError for a rule that does not work."""
    rule = _RULE.search(plural_forms)
    if rule is None:
        raise ValueError("Plural-Forms has to be nplurals=NUMBER; plural=EXPRESSION;")
    count, expression = int(rule[1]), rule[2].strip()
    try:
        forms = tuple(map(gettext.c2py(expression), numbers))
    except ZeroDivisionError:
        raise ValueError(f"the expression {expression!r} of Plural-Forms divides by zero") from None
    except (ValueError, RecursionError):
        raise ValueError(f"the expression {expression!r} of Plural-Forms cannot be computed") from None
    outside = sorted(form for form in forms if not 0 <= form < count)
    if outside:
        raise ValueError(f"Plural-Forms has {count} forms, but its expression gives {outside[-1]}")
    return forms
