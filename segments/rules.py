"""What does a project say of its own sentences? Abbreviations, patterns, and whether quotations are cut."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .errors import RulesError
from .facts import Facts

__all__ = ["NO_RULES", "Rules", "read_rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """A project's rules for one language; they come before all that is known of the language.

    Attributes:
        abbreviations: words whose dot ends no sentence, in lower case and without it.
        never: no sentence ends inside a match, nor at its end.
        always: a sentence ends at the end of each match, also inside a match of ``never``.
        keep_quotations: whether what stands in quotation marks or brackets is never cut; by default it is.
    """

    abbreviations: frozenset[str] = frozenset()
    never: tuple[re.Pattern[str], ...] = ()
    always: tuple[re.Pattern[str], ...] = ()
    keep_quotations: bool = False

    def applied_to(self, facts: Facts) -> Facts:
        """Return the facts of a language with the abbreviations of these rules."""
        if not self.abbreviations:
            return facts
        tails = facts.tails | {word[-5:] for word in self.abbreviations}
        own = self.abbreviations
        return replace(facts, inside=facts.inside | own, ending=facts.ending - own, tails=tails)


NO_RULES = Rules()
_KEYS = ("abbreviations", "never", "always", "keep_quotations")


def read_rules(table: Mapping[str, object], language: str = "") -> Rules:
    """Return the rules in the table ``[splitting]`` of a project's settings, for one language.

    What the table says itself holds for every language; a table in it with the name of a language, ``[splitting.de]``,
    adds to that for the language and its kinds (``de-AT``).

    Raises:
        RulesError: a key is unknown, a value is of another kind, or a pattern is no regular expression.

    >>> read_rules({"abbreviations": ["Bhf."], "de": {"keep_quotations": True}}, "de-AT")
    Rules(abbreviations=frozenset({'bhf'}), never=(), always=(), keep_quotations=True)
    """
    tables: dict[str, Mapping[str, object]] = {"": {}}
    for key, value in table.items():
        if isinstance(value, Mapping):
            tables[key] = value
        else:
            tables[""] = {**tables[""], key: value}
    rules = {name: _rules(f"splitting.{name}".rstrip("."), each) for name, each in tables.items()}
    found = [each for name, each in rules.items() if f"{language.lower()}-".startswith(f"{name.lower()}-") or not name]
    return Rules(
        frozenset().union(*(each.abbreviations for each in found)),
        tuple(pattern for each in found for pattern in each.never),
        tuple(pattern for each in found for pattern in each.always),
        any(each.keep_quotations for each in found),
    )


def _rules(name: str, table: Mapping[str, object]) -> Rules:
    if unknown := [key for key in table if key not in _KEYS]:
        raise RulesError(f"[{name}]: there is no {unknown[0]!r}; it knows {', '.join(_KEYS)}, and tables by language")
    keep = table.get("keep_quotations", False)
    if not isinstance(keep, bool):
        raise RulesError(f"[{name}]: keep_quotations is true or false, without quotation marks")
    return Rules(
        frozenset(word.rstrip(".").lower() for word in _strings(name, table, "abbreviations")),
        tuple(_pattern(name, text) for text in _strings(name, table, "never")),
        tuple(_pattern(name, text) for text in _strings(name, table, "always")),
        keep,
    )


def _strings(name: str, table: Mapping[str, object], key: str) -> list[str]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise RulesError(f'[{name}]: {key} is a list of strings, such as {key} = ["…"]')
    return values


def _pattern(name: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise RulesError(f"[{name}]: {text!r} is no regular expression ({error}); mend it") from None
