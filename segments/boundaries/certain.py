"""Which candidates need no weighing, because the rules of writing leave no doubt?

Each rule was right in at least 19 of 20 places of the development treebanks where it says anything. A rule that needs
to know a word asks the facts of the language.
"""

import re

from ..lines import is_cjk
from .candidates import Candidate
from .characters import DASH, DASHES, DIGIT, LETTER, LOWER, NOTES, ONLY_STOPS, OTHER, STOP, UPPER, WIDE_STOPS, kind
from .context import Context, skip_space
from .dots import COUNTED, after_dot, is_counted
from .verdicts import Verdict

__all__ = ["certain"]

_AFTER_LABEL = Verdict(False, "follows the label of a list")
_BEFORE_LABEL = Verdict(True, "the next item of a list follows")
_ENDING = Verdict(True, "the last word has an ending that ends sentences")
_TITLE_CASE = Verdict(False, "a word with a capital between two others")
_NO_SPACE = Verdict(True, "a word, a stop, and a word that begins sentences, with a capital but no space")
_OMISSION = Verdict(False, "dots for what is left out of a sentence")
_CARELESS = Verdict(True, "a text that begins its sentences with small letters")
_PART = Verdict(False, "inside an abbreviation or a word")
_ADDRESS = Verdict(False, "inside a web or mail address")
_GOES_ON = Verdict(False, "a comma, a closing bracket or another stop follows")
_COMMENT = Verdict(False, "a sign in brackets is a comment")
_DASH = Verdict(False, "a dash and a small letter follow")
_REMARK = Verdict(False, "a dash and who remarks, before the bracket closes")
_TURN = Verdict(True, "a dash and a capital begin what somebody else says")
_REPORTED = Verdict(False, "the quotation is reported by what follows it")
_ENCLOSED = Verdict(False, "inside brackets, in a script that sets no spaces")
_NATIVE = Verdict(True, "this sign ends sentences and does nothing else")
_NOTE = Verdict(True, "a stop, the mark of a note and a capital")
_SMALL = Verdict(False, "a small letter follows what is no end by itself")
_BEGINS = Verdict(False, "an ellipsis that begins a sentence")
_COMMA = Verdict(False, "an abbreviation, and a dot that is weaker than a full stop in this language")
_TWO_DOTS = Verdict(True, "an abbreviation, its dot and a stop")
_CITED = Verdict(False, "a citation in brackets, and then the stop")
_SPACED = Verdict(True, "dots and a space, in a script that sets no spaces")
_EXCLAIMED = Verdict(True, "an exclamation or question, and no small letter after it")
_QUOTED = Verdict(True, "a quotation that ends, and a word that begins sentences")
_NEW_THOUGHT = Verdict(True, "a semicolon or ellipsis, and a word that begins sentences, with a capital")

_PICTURES = "\u2600"  # the first of them
_CLOSING = ",;:،؛)]}、，"
_OPENED = re.compile(r"[¿¡]|[\"'“‘«„](?=[^\W\d_a-zà-ÿа-я])")
_CITATION = re.compile(r"\([^()]{0,60}\d[^()]{0,20}\)[.,;]")
_CLOSING_WIDE = "」』”’"
_CLOSING_QUOTES = "\"'”’»“«‘"
_SMILE = re.compile(r"[:;=]-?[)(DPp]")
_ADDRESS_MARK = re.compile(r"://|www\.|\w@\w|\.(?:com|org|net|html?|php)\b", re.IGNORECASE)
_TOKEN = 80  # code points to either side: a longer address is known by its beginning or end
_ASCII, _ASCII_END = re.compile(r"[!-~]+"), re.compile(r"[!-~]+\Z")
_SMALL_WORD = re.compile(r"[^\W\d_]{2}$")
_EDITOR = re.compile(r"[-–—―‒]+\s+(?:[^\W\d_]{1,6}\.\s?){1,2}[)\]]")
_LONE_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]$")
_IN_WORDS = "՞՜"  # Armenian, over the vowel that is stressed
_LONG_WORD = re.compile(r"[^\W\d_]{4}$")


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
        verdict = _without_space(context, candidate, after)
    elif context.careless and after == LOWER and sign in ".!?" and _ends_word(context, candidate):
        verdict = _CARELESS
    elif sign == "." and end - start == 1:
        verdict = after_dot(context, start, following, after, strong)
    else:
        verdict = _after_sign(context, candidate, following, after)
    return verdict or _by_what_follows(context, candidate, following, after)


def _in_title(context: Context, end: int) -> Verdict | None:
    """Tell of a word that begins sentences, after a gap, whether it is one of many words with a capital."""
    _, before = context.words_before(end)
    after = context.text[end : end + _TOKEN].split(None, 2)
    capitals = before[:1].isupper() and not before.isupper() and len(after) > 1 and after[1][:1].isupper()
    return _TITLE_CASE if capitals and not after[1].isupper() else None


def _without_space(context: Context, candidate: Candidate, after: int) -> Verdict | None:
    text, (start, end, sign) = context.text, candidate
    if sign == "." and after == UPPER and is_counted(context, start) and context.begins_sentence(end):
        return COUNTED
    if after == UPPER and _is_forgotten(context, candidate):
        return None if _is_address(text, start, end) else _NO_SPACE
    if sign == "." and context.facts.abbreviation(context.word_at(start - len(context.words_before(start)[1]))):
        return _PART
    if sign == "." and after == UPPER and _LONE_CAPITAL.search(text, max(0, start - 2), start):
        return None if context.begins_sentence(end) else _PART
    if sign in _IN_WORDS and after == LOWER:
        return _PART
    if sign in "!?" and after == LETTER and kind(text[start - 1]) == LETTER:
        return None if context.enclosures.encloses(end) else _EXCLAIMED
    return _ADDRESS if _is_address(text, start, end) else None


def _is_forgotten(context: Context, candidate: Candidate) -> bool:
    """Tell whether a space is missing before a word that begins sentences, or an abbreviation with its dot."""
    text, (start, end, _) = context.text, candidate
    if end - start > 1 or not (_SMALL_WORD.search(text, max(0, start - 2), start) and _ends_word(context, candidate)):
        return False
    word = context.word_at(end)
    has_dot = text.startswith(".", end + len(word))
    return context.begins_sentence(end) or (has_dot and context.facts.abbreviation(word) != 0)


def _is_address(text: str, start: int, end: int) -> bool:
    before, rest = _ASCII_END.search(text, max(0, start - _TOKEN), start), _ASCII.match(text, start, end + _TOKEN)
    return bool(before and rest and _ADDRESS_MARK.search(before[0] + rest[0]))


def _ends_word(context: Context, candidate: Candidate) -> bool:
    """Tell whether a stop, but no ellipsis, follows a word that is no abbreviation."""
    _, word = context.words_before(candidate.start)
    run = context.text[candidate.start : candidate.end]
    key = context.facts.lower(word)
    known = key in context.facts.starters or (len(key) > 2 and key.isalpha())
    return ".." not in run and known and not context.facts.abbreviation(key)


def _after_sign(context: Context, candidate: Candidate, following: int, after: int) -> Verdict | None:
    """Judge white space after anything but a single dot."""
    text, (start, end, sign) = context.text, candidate
    run = text[start:end]
    if run.startswith(". . .") and text[start - 2 : start - 1] == ".":
        return _BEGINS
    ellipsis = "…" in run or ".." in run or ". ." in run
    if after == LOWER:
        return _SMALL if ellipsis or sign in ":;" else None
    if sign == ";" and run == ".":
        _, word = context.words_before(start)
        return _COMMA if len(word) == 1 or context.facts.abbreviation(context.facts.lower(word)) else None
    if run == ". . ." and text[start - 1].isspace():
        begins = context.begins_sentence(following) and context.word_at(following) not in context.facts.in_names
        return None if begins else _OMISSION
    if run == ".." and after == UPPER and _is_abbreviated(context, start):
        return _TWO_DOTS
    if ellipsis and is_cjk(text[start - 1]) and is_cjk(text[following]):
        return _SPACED
    if ellipsis and after == LETTER and context.facts.lower(context.words_before(start)[1]) in context.facts.starters:
        return _OMISSION
    if sign in "!?" and _OPENED.match(text, following) and not context.enclosures.encloses(end):
        return _EXCLAIMED
    if _CITATION.match(text, following):
        return _CITED
    if after not in (UPPER, LETTER, OTHER) or context.enclosures.encloses(following):
        return None
    if not run.strip("!?؟ ") and (after != OTHER or text[following] > _PICTURES):
        return _EXCLAIMED
    begins = context.begins_sentence(following)
    if run[-1] in _CLOSING_QUOTES and ((begins and sign in ".!?") or (sign == "." and after == LETTER)):
        return _QUOTED
    if after != UPPER:
        return None
    if run == ";":
        return _NEW_THOUGHT if begins else None
    if ellipsis and not run.strip(". …") and context.word_at(following) not in context.facts.in_names:
        return _NEW_THOUGHT if begins or _LONG_WORD.search(text, max(0, start - 5), start) else None
    return None


def _is_abbreviated(context: Context, start: int) -> bool:
    key = context.facts.lower(context.words_before(start)[1])
    return key in context.facts.months or context.facts.abbreviation(key) != 0


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
    if after == DASH and sign in ".!?…":
        spoken = kind(text[following : following + _TOKEN].lstrip(DASHES + " ")[:1])
        if spoken == LOWER:
            return _DASH
        if _EDITOR.match(text, following):
            return _REMARK
        if spoken == UPPER and end - start == 1 and _ends_word(context, candidate):
            return _TURN
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
