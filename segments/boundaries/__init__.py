"""Where does a sentence end? Candidates, what is certain of them, and an arbiter for the rest."""

from .decisions import Decision, decide, examine
from .verdicts import Verdict

__all__ = ["Decision", "Verdict", "decide", "examine"]
