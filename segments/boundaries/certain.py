"""Which candidates need no weighing, because the rules of writing leave no doubt?

Each rule was right in at least 19 of 20 places of the development treebanks where it says anything. A rule that needs
to know a word asks the facts of the language.
"""

import re

from .candidates import Candidate
from .characters import DASH, DASHES, DIGIT, LETTER, LOWER, NOTES, ONLY_STOPS, STOP, UPPER, WIDE_STOPS, kind
from .context import Context, skip_space
from .dots import after_dot
from .signs import after_sign
from .unspaced import unspaced
from .verdicts import Verdict

__all__ = ["certain"]

_AFTER_LABEL = Verdict(False, "follows the label of a list")
_BEFORE_LABEL = Verdict(True, "the next item of a list follows")
_ENDING = Verdict(True, "the last word has an ending that ends sentences")
_TITLE_CASE = Verdict(False, "a word with a capital between two others")
_CARELESS = Verdict(True, "a text that begins its sentences with small letters")
_GOES_ON = Verdict(False, "a comma, a closing bracket or another stop follows")
_COMMENT = Verdict(False, "a sign in brackets is a comment")
_DASH = Verdict(False, "a dash and a small letter follow")
_REMARK = Verdict(False, "a dash and who remarks, before the bracket closes")
_TURN = Verdict(True, "a dash and a capital begin what somebody else says")
_REPORTED = Verdict(False, "the quotation is reported by what follows it")
_ENCLOSED = Verdict(False, "inside brackets, in a script that sets no spaces")
_NATIVE = Verdict(True, "this sign ends sentences and does nothing else")
_NOTE = Verdict(True, "a stop, the mark of a note and a capital")

_CLOSING = ",;:،؛)]}、，"
_CLOSING_WIDE = "」』”’"
_SMILE = re.compile(r"[:;=]-?[)(DPp]")
_TOKEN = 80  # code points to either side: a longer address is known by its beginning or end
_EDITOR = re.compile(r"[-–—―‒]+\s+(?:[^\W\d_]{1,6}\.\s?){1,2}[)\]]")


def certain(context: Context, candidate: Candidate, strong: int) -> Verdict | None:
    """Return the verdict on a candidate that needs no weighing, else None.

    ``strong`` is where the sentence before it very likely ended.
    """
    text, labels = context.text, context.labels
    start, end, sign = candidate
    if end in labels.label_ends:
        return _AFTER_LABEL
    if end in labels.ends:
        return _BEFORE_LABEL
    if not sign:
        return _ENDING if text.endswith(context.facts.endings, 0, end) else _in_title(context, end)
    following = skip_space(text, end)
    after = kind(text[following : following + 1])
    if following == end:
        verdict = unspaced(context, candidate, after)
    elif context.careless and after == LOWER and sign in ".!?" and context.ends_word(candidate):
        verdict = _CARELESS
    elif sign == "." and end - start == 1:
        verdict = after_dot(context, start, following, after, strong)
    else:
        verdict = after_sign(context, candidate, following, after)
    return verdict or _by_what_follows(context, candidate, following, after)


def _in_title(context: Context, end: int) -> Verdict | None:
    """Tell of a word that begins sentences, after a gap, whether it is one of many words with a capital."""
    _, before = context.words_before(end)
    after = context.text[end : end + _TOKEN].split(None, 2)
    capitals = before[:1].isupper() and not before.isupper() and len(after) > 1 and after[1][:1].isupper()
    return _TITLE_CASE if capitals and not after[1].isupper() else None


def _by_what_follows(context: Context, candidate: Candidate, following: int, after: int) -> Verdict | None:
    text, (start, end, sign) = context.text, candidate
    first = text[following : following + 1]
    if following == end and after == STOP:
        return _GOES_ON
    if sign in WIDE_STOPS and text[end - 1] in _CLOSING_WIDE and text.startswith(context.facts.quotatives, following):
        return _REPORTED
    if first and first in _CLOSING and not _SMILE.match(text, following) and text[following : following + 2] != ",,":
        return _GOES_ON
    if sign in "!?" and start and text[start - 1] in "([" and text[end - 1] in ")]":
        return _COMMENT
    if after == DASH and sign in ".!?…" and (verdict := _before_dash(context, candidate, following)):
        return verdict
    if sign in WIDE_STOPS:
        if first in ("）", "」", "』", "】") or context.enclosures.brackets_at(end):
            return _ENCLOSED
        return None if context.enclosures.quotes_at(end) else _NATIVE
    if following == end and sign in "।॥။" and after in (LETTER, DIGIT) and not context.enclosures.encloses(end):
        return _NATIVE
    if sign in ONLY_STOPS and following > end and (after == UPPER or not context.enclosures.quotes_at(following)):
        return _NATIVE
    if end - start > 1 and after == UPPER and (text[end - 1] in NOTES or text[end - 1].isdigit()):
        return _NOTE
    return None


def _before_dash(context: Context, candidate: Candidate, following: int) -> Verdict | None:
    text, (start, end, _) = context.text, candidate
    spoken = kind(text[following : following + _TOKEN].lstrip(DASHES + " ")[:1])
    if spoken == LOWER:
        return _DASH
    if _EDITOR.match(text, following):
        return _REMARK
    return _TURN if spoken == UPPER and end - start == 1 and context.ends_word(candidate) else None
