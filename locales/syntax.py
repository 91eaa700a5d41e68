"""How gettext writes a catalog: the pattern of an entry, strings and their escapes.

The grammar is that of GNU gettext's po-gram and po-lex (gettext manual, "The Format of PO Files"), with three of its
freedoms left out because no tool uses them and they hide mistakes: two fields on one line, a string continued by a
backslash at the end of its line, and hexadecimal escapes of more than two digits.
"""

import re
from typing import NamedTuple


class Blocks(NamedTuple):
    """The text of one entry, cut into the whole lines of its parts; joined they are the text again.

    ``head`` has the blank and the comment lines, ``context``, ``plural`` are empty where there is no such field,
    ``translation`` has every msgstr.
    """

    head: str
    context: str
    msgid: str
    plural: str
    translation: str


_SPACE = r"[ \t\r\f\v]*+"
#: One escape that has a meaning.
ESCAPE = r"\\(?:[abfnrtv\"\\]|x[0-9a-fA-F]{1,2}(?![0-9a-fA-F])|[0-3][0-7]{0,2}|[4-7][0-7]?(?![0-7]))"
_STRING = rf'"[^"\\\n]*+(?:{ESCAPE}[^"\\\n]*+)*+"'
_NEXT_LINE = rf"[ \t\r\n\f\v]*+(?(mark)\#~{_SPACE})"  # each line of an obsolete entry has its mark
_GAP = rf"{_SPACE}(?:\n{_NEXT_LINE})?+"
_STRINGS = rf"{_GAP}{_STRING}(?:{_GAP}{_STRING})*+"
_END = rf"{_SPACE}(?:\n|\Z)"

# A comment: neither a previous text (#| or #~|) nor a field or string of an obsolete entry (#~).
_COMMENT = rf"\#(?!~?\||~{_SPACE}[^ \t\r\n\f\v\#])[^\n]*+"
_PREVIOUS = r"\#~?\|[^\n]*+"
_INDEXED = r"msgstr\[[0-9]++\]"


def _field(keyword: str) -> str:
    return rf"{_NEXT_LINE}{keyword}{_STRINGS}{_END}"


#: One entry, or all that is left where no entry stands. Groups: head, mark, context, msgid, plural, translation, rest.
ENTRY = re.compile(
    rf"""
    ((?:{_SPACE} (?:{_COMMENT})? \n)*+ (?:{_SPACE} {_PREVIOUS} \n)*+ (?:{_SPACE} \n)*+)
    (?={_SPACE} (?P<mark>\#~)?+)
    ({_field("msgctxt")})?+
    ({_field("msgid")})
    (?P<plural> {_field("msgid_plural")})?+
    ((?(plural) (?:{_field(_INDEXED)})++ | {_field("msgstr")}))
    |(?s:(.+))""",
    re.VERBOSE,
)
#: What may stand after the last entry.
TAIL = re.compile(rf"(?:{_SPACE}(?:{_COMMENT})?\n)*+{_SPACE}(?:{_COMMENT})?")

STRING = re.compile(_STRING)
_LOOSE_STRINGS = rf"(?:[ \t\r\n\f\v]*+{_STRING})++"
#: The previous texts of an entry, once their markers are gone.
PREVIOUS = re.compile(
    rf"(?P<msgctxt>msgctxt{_LOOSE_STRINGS}\s*+)?+(?P<msgid>msgid{_LOOSE_STRINGS}\s*+)"
    rf"(?P<msgid_plural>msgid_plural{_LOOSE_STRINGS}\s*+)?+"
)
_CONTENT = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_FORM = re.compile(rf"msgstr\[([0-9]+)\]((?:[ \t\r\n\f\v\#~]*+{_STRING})++)")
_FORM_LINES = re.compile(r"^(?=[ \t\r\f\v]*(?:#~[ \t\r\f\v]*)?msgstr\[)", re.MULTILINE)

_CHARACTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
_QUOTED = str.maketrans({character: "\\" + letter for letter, character in _CHARACTERS.items()})
_ESCAPES = re.compile(r"\\([abfnrtv\"\\])|((?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}))+)")
#: An escape that stands for a byte; matches some escaped backslashes too.
BYTE_ESCAPE = re.compile(r"\\[0-7x]")


def unquote(block: str, encoding: str) -> str:
    r"""Return the text of a field: its strings joined, escapes resolved.

    Octal and hexadecimal escapes are bytes in the charset of the file; raises ValueError where they are no text in it.

    >>> unquote('msgid ""\n"caf\\303\\251\\n"\n"au lait"\n', "utf-8")
    'café\nau lait'
    """
    if "\\" not in block:
        return "".join(block.split('"')[1::2])
    return "".join(_unescape(content, encoding) if "\\" in content else content for content in _CONTENT.findall(block))


def unquote_forms(block: str, encoding: str) -> list[str]:
    """Return the texts of ``msgstr[0]``, ``msgstr[1]``, … ; raises ValueError where they are not in this order."""
    forms = _FORM.findall(block)
    for expected, (index, _) in enumerate(forms):
        if int(index) != expected:
            raise ValueError(
                f"msgstr[{index}] stands where msgstr[{expected}] belongs; number the forms from 0 in order"
            )
    return [unquote(strings, encoding) for _, strings in forms]


def split_forms(block: str) -> list[str]:
    """Return the lines of each plural form; the last without its end of line, at the end of a file, is left out."""
    return [lines for lines in _FORM_LINES.split(block) if lines.endswith("\n") and "msgstr[" in lines]


def quote_field(keyword: str, text: str, mark: str, newline: str) -> str:
    r"""Return the lines of a field as ``msgcat --no-wrap`` writes them: one string a line of the text.

    ``mark`` goes before every line (``#~``  and the like, with its space) and ``newline`` after it.

    >>> quote_field("msgid", 'say "one"\ntwo', "", "\n")
    'msgid ""\n"say \\"one\\"\\n"\n"two"\n'
    """
    if "\0" in text or "\4" in text:
        raise ValueError("a catalog cannot hold the characters NUL and EOT; take them out of the text")
    lines = text.split("\n")
    strings = [line + "\n" for line in lines[:-1]] + lines[-1:]
    if not strings[-1]:
        strings.pop()
    quoted = [f'"{string.translate(_QUOTED)}"' for string in strings]
    if len(quoted) != 1:
        quoted.insert(0, '""')
    quoted[0] = f"{keyword} {quoted[0]}"
    return "".join(f"{mark}{line}{newline}" for line in quoted)


def _unescape(content: str, encoding: str) -> str:
    return _ESCAPES.sub(lambda escape: _CHARACTERS[escape[1]] if escape[1] else _bytes(escape[2], encoding), content)


def _bytes(escapes: str, encoding: str) -> str:
    values = (int(code[1:], 16) if code[0] == "x" else int(code, 8) for code in escapes.split("\\")[1:])
    data = bytes(values)
    if 0 in data or 4 in data:
        raise ValueError("a catalog cannot hold the characters NUL and EOT; take the escape out")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError(f"the bytes {escapes} are no text in {encoding}; write the characters themselves") from None
