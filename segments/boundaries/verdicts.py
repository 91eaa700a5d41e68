"""What is said of a candidate."""

from dataclasses import dataclass

__all__ = ["Verdict"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence ends at a candidate, and why."""

    ends: bool
    reason: str
