"""Why a text is no catalog: its first mistake, and what to do about it."""

import re
from typing import NamedTuple

from .syntax import ESCAPE, STRING

_SPACES = " \t\r\f\v"
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)(?![A-Za-z_\[])")
_STRING_START = re.compile(rf'"(?:[^"\\]|{ESCAPE})*+')
_FOLLOWS = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[]": ("msgstr[]", "msgctxt", "msgid"),
}


class Mistake(NamedTuple):
    """The first mistake of a text: its ``line`` (0-based), the problem with its remedy, the msgid if it was seen."""

    line: int
    problem: str
    msgid: str | None


def find_mistake(text: str) -> Mistake:
    """Return the first mistake of a text that begins with an entry, or with the comments before one."""
    reader = _Reader()
    number = 0
    for number, line in enumerate(text.split("\n")):
        problem = reader.read(line.strip(_SPACES))
        if problem:
            return Mistake(number, problem, reader.msgid)
    return Mistake(number, reader.at_end(), reader.msgid)


class _Reader:
    """Reads a line at a time and remembers where in an entry it is."""

    def __init__(self) -> None:
        self.msgid: str | None = None
        self._last = ""  # the field that was read last
        self._bare_keyword = ""  # a keyword whose string must be in the next line
        self._marked = False  # the entry is obsolete
        self._previous = False  # the entry has a previous text (#|), which must be followed by its fields

    def read(self, line: str) -> str:
        """Return what is wrong with a line; empty where nothing is."""
        if not line:
            return ""
        if _CONFLICT.match(line):
            return (
                "a merge left its conflict here; choose one side and delete the lines of <<<<<<<, ======= and >>>>>>>"
            )
        marked = line.startswith("#~") and not line.startswith("#~|")
        bare = line[2:].lstrip(_SPACES) if marked else line
        if self._bare_keyword and not bare.startswith('"'):
            return _without_string(self._bare_keyword)
        if not bare or bare.startswith("#"):
            return self._read_comment(bare)
        self._previous = False
        keyword = _KEYWORD.match(bare)
        self._bare_keyword = keyword[1] if keyword and keyword.end() == len(bare) else ""
        if keyword:
            return self._read_field(keyword[1], marked) or self._read_strings(bare[keyword.end() :])
        if not bare.startswith('"'):
            return _unknown(bare)
        if not self._last:
            return "this string belongs to no field; write msgid or msgstr before it"
        return self._check_mark(marked) or self._read_strings(bare)

    def at_end(self) -> str:
        """Return what is wrong with a text that ends here."""
        if self._previous:
            return "the previous text (#|) has no entry below it; delete it or add the entry"
        if self._bare_keyword:
            return _without_string(self._bare_keyword)
        if self._last.startswith("msgstr"):
            return "this cannot be read as an entry; compare it with the entries around it"
        return 'the last entry has no msgstr; add msgstr "" to it'

    def _read_comment(self, comment: str) -> str:
        if not comment:
            return ""
        if self._last and not self._last.startswith("msgstr"):
            return "a comment stands inside an entry, or the entry has no msgstr; move the comment above the msgid"
        self._last = ""
        self.msgid = None
        is_previous = comment.startswith(("#|", "#~|"))
        if self._previous and not is_previous:
            return "a comment stands below a previous text (#|); move it above"
        self._previous = is_previous
        return ""

    def _read_field(self, keyword: str, marked: bool) -> str:
        field = "msgstr[]" if "[" in keyword else keyword
        if field not in _FOLLOWS[self._last]:
            return _misplaced(keyword, self._last)
        if self._last in ("", "msgstr", "msgstr[]") and field != "msgstr[]":
            self._marked = marked
            self.msgid = None
        self._last = field
        return self._check_mark(marked)

    def _check_mark(self, marked: bool) -> str:
        if marked == self._marked:
            return ""
        return "only a part of this entry is marked as obsolete; begin all of its lines with #~ or none"

    def _read_strings(self, text: str) -> str:
        text = text.strip(_SPACES)
        while text:
            string = STRING.match(text)
            if string is None:
                return _broken_string(text)
            if self._last == "msgid":
                self.msgid = (self.msgid or "") + string[0][1:-1]
            text = text[string.end() :].lstrip(_SPACES)
        return ""


def _without_string(keyword: str) -> str:
    return f'{keyword} has no string; write {keyword} ""'


def _unknown(line: str) -> str:
    if line.startswith("domain"):
        return "a catalog of several domains cannot be read; give each domain a file of its own"
    return f'{line[:40]!r} is no field, string or comment; begin it with "# " to make it a comment, or delete it'


def _misplaced(keyword: str, last: str) -> str:
    if keyword == last and keyword != "msgid":
        return f"{keyword} stands twice in one entry; keep one of the two"
    if keyword in ("msgid", "msgctxt"):
        return f'{keyword} stands where the msgstr of the entry above belongs; add msgstr "" there, or delete the line'
    if not last:
        return f"{keyword} stands before any msgid; write the msgid above it"
    if last == "msgid_plural":
        return "an entry with msgid_plural numbers its translations; write msgstr[0], msgstr[1] and so on"
    if "[" in keyword:
        return f"{keyword} needs a msgid_plural; add it below the msgid, or write msgstr"
    return f"{keyword} cannot follow {last}; the order is msgctxt, msgid, msgid_plural, msgstr, one of each"


def _broken_string(text: str) -> str:
    if not text.startswith('"'):
        return 'text stands after a closing quotation mark; delete it, or write \\" for a mark inside the string'
    start = _STRING_START.match(text)
    rest = text[start.end() :] if start else text
    if re.match(r"\\[0-7x]", rest):
        return f"{rest[:4]} is no escape for one byte; write the character itself"
    if rest.startswith("\\") and len(rest) > 1:
        return f"{rest[:2]} is no escape; write \\\\ for a backslash"
    return 'the string has no closing quotation mark; add " at the end of the line'
