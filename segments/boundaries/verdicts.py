"""What is said of a candidate."""

from dataclasses import dataclass
from typing import NamedTuple

from .candidates import Candidate

__all__ = ["Decision", "Verdict"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence ends at a candidate, and why."""

    ends: bool
    reason: str


class Decision(NamedTuple):
    """A candidate and the verdict on it."""

    candidate: Candidate
    verdict: Verdict
