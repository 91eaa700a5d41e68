"""Where does a sentence end? Candidates, what is certain of them, and an arbiter for the rest."""

from .candidates import Candidate
from .context import read, skip_space
from .decisions import decide, examine, find_ends
from .verdicts import Decision, Verdict

__all__ = ["Candidate", "Decision", "Verdict", "decide", "examine", "find_ends", "read", "skip_space"]
