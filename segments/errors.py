"""What can go wrong with a text, said so that a person can act on it."""


class SegmentsError(Exception):
    """A text or document could not be used; the message says what, where and what to do."""


class DocumentError(SegmentsError):
    """A document could not be read or rebuilt."""


class RulesError(SegmentsError):
    """The rules of a project or an SRX file cannot be used."""


class PatternError(RulesError):
    """A regular expression is none, or takes too long."""


class AlignmentError(SegmentsError):
    """Confirmed beads do not fit the texts, or each other."""
