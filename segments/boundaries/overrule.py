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
    never = sorted(match.span() for pattern in rules.never for match in pattern.finditer(text))
    always = {len(match[0].rstrip()) + match.start() for each in rules.always for match in each.finditer(text)}
    places = {decision.candidate.end: decision for decision in decisions}
    for place, (candidate, verdict) in places.items():
        if verdict.ends and rules.quotations == "keep" and context.enclosures.encloses(place):
            places[place] = Decision(candidate, _KEPT)
        if any(start < place <= end for start, end in never):
            places[place] = Decision(candidate, _NEVER)
    for place in always - {0, len(text)}:
        known = places.get(place)
        places[place] = Decision(known.candidate if known else Candidate(place, place, ""), _ALWAYS)
    return [places[place] for place in sorted(places)]
