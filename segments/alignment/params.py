"""The constants that matter, with the reason of each. All were set on development texts; none is tied to a language."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Params:
    """The constants of all passes. Scores are in nats: weights below 1 say that evidence is not independent."""

    anchor_weight: float = 0.7
    """Of shared keys in the first pass."""
    lexical_weight: float = 0.3
    """Of the lexicon in each of its two directions: each word is counted from both sides."""
    lexicon_share: float = 0.7
    """How much of a text a lexicon is trusted to explain; the rest is left to chance."""
    first_discount: float = 1.5
    """Taken off each count of the first lexicon: its beads are often wrong, so a pair seen once teaches nothing yet."""
    discount: float = 0.5
    """Taken off each count later, when beads are likely and a bead's own counts are left out anyway."""
    few_words: int = 1000
    """So many words a side halve the discount: in a short text a pair that is seen twice must tell something."""
    sharpness: float = 4.5
    """How fast the preference for words at the same relative place falls; the strongest single gain on novels."""
    first_gap: float = 0.01
    """Probability that a gap goes on, in the first pass: while evidence is weak, long gaps must not look cheap."""
    gap: float = 0.25
    """The same later: omitted passages are often more than one sentence."""
    lattice_temperature: float = 0.5
    """Inverse temperature of the probabilities after the first lexicon, which is often wrong."""
    temperature: float = 0.6
    """The same for the probabilities that beads teach with later: the evidence counts some things twice."""
    floor: float = 0.005
    """Beads less probable than this after the second pass are dropped; two to five a sentence remain."""
    half_band: int = 30
    """Sentences to both sides of the first path where the second pass looks."""
    first_steps: int = 4
    """EM steps for the first lexicon."""
    steps: int = 4
    """EM steps in each later round; they go on from the round before."""
    rounds: int = 2
    """Rounds of learning from likely beads; in a third they confirm each other, right or wrong."""

    def fitting(self, source_words: int, target_words: int) -> "Params":
        """Return the constants for texts of so many words: fewer have a smaller discount."""
        words = (source_words + target_words) / 2
        return replace(self, discount=self.discount * words / (words + self.few_words))
