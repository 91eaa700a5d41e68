"""Where do the sentences of a text end? Each candidate is certain, or weighed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..facts import Facts
from ..rules import NO_RULES, Rules
from .arbiter import arbiter, probability
from .candidates import Candidate
from .certain import certain
from .characters import LOWER
from .context import Context, read
from .dots import PLAIN
from .features import FEATURES, Surroundings
from .overrule import overrule
from .verdicts import Decision, Verdict

__all__ = ["decide", "examine", "find_ends"]

_FIRST, _LAST_LENGTH = FEATURES.index("first"), FEATURES.index("last_length")
_LONG_WORD = 4  # letters; few abbreviations are as long


def decide(text: str, facts: Facts, rules: Rules = NO_RULES) -> list[Decision]:
    """Decide on every candidate of ``text``, in order; the rules of a project have the last word."""
    context = read(text, rules.applied_to(facts), enclosed=rules.quotations != "cut")
    decisions = [Decision(Candidate(end - 1, end, text[end - 1]), PLAIN) for end in context.plain]
    decisions += [
        Decision(candidate, found if isinstance(found, Verdict) else _weigh(found))
        for candidate, found in examine(context)
    ]
    decisions.sort(key=_end)
    return decisions if rules == NO_RULES else overrule(context, decisions, rules)


def find_ends(text: str, facts: Facts) -> list[int]:
    """Return where sentences end in ``text``, in order, as :func:`decide` has it, without the reasons."""
    context = read(text, facts)
    score = arbiter().score
    found = [
        candidate.end
        for candidate, found in examine(context)
        if (found.ends if isinstance(found, Verdict) else score(found) > 0)
    ]
    return sorted([*context.plain, *found])


def examine(context: Context) -> Iterator[tuple[Candidate, Verdict | Sequence[float]]]:
    """Yield the candidates of a text that are not plain, in order, with the verdict where it is certain, else features.

    The features are those of :data:`FEATURES`.
    """
    surroundings, plain = Surroundings(context), context.plain
    before = strong = 0
    for candidate in context.candidates:
        _, end, sign = candidate
        if passed := bisect_left(plain, end):
            before, strong = max(before, plain[passed - 1]), max(strong, plain[passed - 1])
        verdict = certain(context, candidate, strong)
        if verdict is None:
            features = surroundings.measure(candidate, before, strong)
            yield candidate, features
            is_strong = sign in "!?" or (features[_LAST_LENGTH] >= _LONG_WORD and features[_FIRST] != LOWER)
        else:
            yield candidate, verdict
            is_strong = verdict.ends
        if sign:
            before = end
            if is_strong and sign not in ":;：；":
                strong = end


def _end(decision: Decision) -> int:
    return decision.candidate.end


def _weigh(features: Sequence[float]) -> Verdict:
    score = arbiter().score(features)
    return _weighed(score > 0, round(100 * probability(score)))


@lru_cache(maxsize=202)
def _weighed(ends: bool, percent: int) -> Verdict:
    return Verdict(ends, f"weighed: {percent}% likely")
