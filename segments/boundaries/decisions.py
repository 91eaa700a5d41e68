"""Where do the sentences of a text end? Each candidate is certain, or weighed."""

from collections.abc import Iterator, Sequence

from ..facts import Facts
from ..rules import NO_RULES, Rules
from .arbiter import arbiter, probability
from .candidates import Candidate
from .certain import certain
from .characters import LOWER
from .context import Context, read
from .features import FEATURES, Surroundings
from .overrule import overrule
from .verdicts import Decision, Verdict

__all__ = ["decide", "examine"]

_FIRST, _LAST_LENGTH = FEATURES.index("first"), FEATURES.index("last_length")
_LONG_WORD = 4  # letters; few abbreviations are as long


def decide(text: str, facts: Facts, rules: Rules = NO_RULES) -> list[Decision]:
    """Decide on every candidate of ``text``, in order; the rules of a project have the last word."""
    context = read(text, rules.applied_to(facts), enclosed=rules.quotations != "cut")
    decisions = [
        Decision(candidate, found if isinstance(found, Verdict) else _weigh(found))
        for candidate, found in examine(context)
    ]
    return decisions if rules == NO_RULES else overrule(context, decisions, rules)


def examine(context: Context) -> Iterator[tuple[Candidate, Verdict | Sequence[float]]]:
    """Yield every candidate of a text, in order, with the verdict where it is certain, else its features."""
    surroundings = Surroundings(context)
    before = strong = 0
    for candidate in context.candidates:
        verdict = certain(context, candidate, strong)
        if verdict is None:
            features = surroundings.measure(candidate, before, strong)
            yield candidate, features
            is_strong = candidate.sign in "!?" or (features[_LAST_LENGTH] >= _LONG_WORD and features[_FIRST] != LOWER)
        else:
            yield candidate, verdict
            is_strong = verdict.ends
        if candidate.sign:
            before = candidate.end
            if is_strong and candidate.sign not in ":;：；":
                strong = candidate.end


def _weigh(features: Sequence[float]) -> Verdict:
    score = arbiter().score(features)
    return Verdict(score > 0, f"weighed: {probability(score):.0%} likely")
