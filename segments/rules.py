"""What does a project say of its own sentences? Abbreviations, patterns, and whether quotations are cut."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .errors import RulesError
from .facts import TAIL, Facts, parts_of
from .patterns import Pattern, compiled

__all__ = ["NO_RULES", "Rules", "read_rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """A project's rules for one language; they come before all that is known of the language.

    Attributes:
        abbreviations: words whose dot ends no sentence, in lower case and without it.
        never: no sentence ends inside a match, nor at its end.
        always: a sentence ends at the end of each match, also inside a match of ``never``.
        quotations: what becomes of sentences in quotation marks or brackets: ``weigh``, cut where that is likely, long
            quotations rather than short ones; ``cut``, as outside of them; ``keep``, never cut.
    """

    abbreviations: frozenset[str] = frozenset()
    never: tuple[Pattern, ...] = ()
    always: tuple[Pattern, ...] = ()
    quotations: str = "weigh"

    def applied_to(self, facts: Facts) -> Facts:
        """Return the facts of a language with the abbreviations of these rules."""
        if not self.abbreviations:
            return facts
        own = self.abbreviations
        return replace(
            facts,
            inside=facts.inside | own,
            ending=facts.ending - own,
            tails=facts.tails | {word[-TAIL:] for word in own},
            parts=facts.parts | parts_of(own),
        )


NO_RULES = Rules()
_KEYS = ("abbreviations", "never", "always", "quotations")
_QUOTATIONS = ("weigh", "cut", "keep")


def read_rules(table: Mapping[str, object], language: str = "") -> Rules:
    """Return the rules in the table ``[splitting]`` of a project's settings, for one language.

    What the table says itself holds for every language; a table in it with the name of a language, ``[splitting.de]``,
    adds to that for the language and its kinds (``de-AT``).

    Raises:
        RulesError: a key is unknown, a value is of another kind, or a pattern is no regular expression.

    >>> read_rules({"abbreviations": ["Bhf."], "de": {"quotations": "keep"}}, "de-AT")
    Rules(abbreviations=frozenset({'bhf'}), never=(), always=(), quotations='keep')
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
        next((each.quotations for each in reversed(found) if each.quotations != NO_RULES.quotations), "weigh"),
    )


def _rules(name: str, table: Mapping[str, object]) -> Rules:
    if unknown := [key for key in table if key not in _KEYS]:
        raise RulesError(f"[{name}]: there is no {unknown[0]!r}; it knows {', '.join(_KEYS)}, and tables by language")
    quotations = table.get("quotations", NO_RULES.quotations)
    if quotations not in _QUOTATIONS:
        raise RulesError(f"[{name}]: quotations is one of {', '.join(map(repr, _QUOTATIONS))}")
    return Rules(
        frozenset(word.rstrip(".").lower() for word in _strings(name, table, "abbreviations")),
        _patterns(name, table, "never"),
        _patterns(name, table, "always"),
        str(quotations),
    )


def _strings(name: str, table: Mapping[str, object], key: str) -> list[str]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise RulesError(f'[{name}]: {key} is a list of strings, such as {key} = ["…"]')
    return values


def _patterns(name: str, table: Mapping[str, object], key: str) -> tuple[Pattern, ...]:
    where = f"[{name}] {key}"
    return tuple(Pattern(compiled(text, where), where) for text in _strings(name, table, key))
