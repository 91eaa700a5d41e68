"""What becomes of the decisions on a text by the rules of a project?"""

from collections.abc import Sequence

from ..rules import Rules
from .candidates import Candidate
from .context import Context
from .verdicts import Decision, Verdict

__all__ = ["overrule"]

_NEVER = Verdict(False, "a pattern of the project that never splits")
_ALWAYS = Verdict(True, "a pattern of the project that always splits")
_KEPT = Verdict(False, "inside a quotation or brackets, which the project keeps whole")


def overrule(context: Context, decisions: Sequence[Decision], rules: Rules) -> list[Decision]:
    """Return the decisions, and those that the rules add, in order."""
    text = context.text
    never = {place for each in rules.never for start, end in each.spans(text) for place in range(start + 1, end + 1)}
    always = {start + len(text[start:end].rstrip()) for each in rules.always for start, end in each.spans(text)}
    places = {decision.candidate.end: decision for decision in decisions}
    for place, (candidate, verdict) in places.items():
        if verdict.ends and rules.quotations == "keep" and context.enclosures.encloses(place):
            places[place] = Decision(candidate, _KEPT)
        if place in never:
            places[place] = Decision(candidate, _NEVER)
    for place in always - {0, len(text)}:
        known = places.get(place)
        places[place] = Decision(known.candidate if known else Candidate(place, place, ""), _ALWAYS)
    return [places[place] for place in sorted(places)]
