"""What the Plural-Forms field of a catalog header says, and whether it can be computed with."""

import gettext
import re
from collections import Counter

# msgfmt -c tries the same numbers.
_TRIED = range(1001)
_NPLURALS = re.compile(r"nplurals=[ \t]*([0-9]+)")
# Neither gettext nor Python's reader of MO files finds the expression in any other place.
_RULE = re.compile(r"nplurals=[ \t]*([0-9]+)[ \t]*;[ \t]*plural=([^;]*)")


def nplurals(plural_forms: str) -> int | None:
    """Return how many forms there are; None where the field does not give a number.

    >>> nplurals("nplurals=2; plural=(n != 1);")
    2
    """
    found = _NPLURALS.search(plural_forms)
    return int(found[1]) if found else None


def form_counts(plural_forms: str) -> Counter[int]:
    """Return for how many of the numbers 0 to 1000 each form stands; raises ValueError for a rule that does not work.

    >>> form_counts("nplurals=2; plural=(n != 1);")
    Counter({1: 1000, 0: 1})
    """
    rule = _RULE.search(plural_forms)
    if rule is None:
        raise ValueError("Plural-Forms has to be nplurals=NUMBER; plural=EXPRESSION;")
    count, expression = int(rule[1]), rule[2].strip()
    try:
        counts = Counter(map(gettext.c2py(expression), _TRIED))
    except ZeroDivisionError:
        raise ValueError(f"the expression {expression!r} of Plural-Forms divides by zero") from None
    except (ValueError, RecursionError):
        raise ValueError(f"the expression {expression!r} of Plural-Forms cannot be computed") from None
    outside = sorted(form for form in counts if not 0 <= form < count)
    if outside:
        raise ValueError(f"Plural-Forms has {count} forms, but its expression gives {outside[-1]}")
    return counts
