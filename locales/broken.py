"""Understand the lines of a broken entry as far as they go, and write it so that it can be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .errors import Finding
from .head import read_previous
from .syntax import ESCAPE, STRING, quote_field, unquote

Line = tuple[int, str]

_SPACES = " \t\r\f\v\n"
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?![A-Za-z_])[ \t]*(?:\[[ \t]*([0-9]+)[ \t]*\])?")
_STRINGS = re.compile(rf"{STRING.pattern}(?:[ \t]*{STRING.pattern})*")
_ESCAPE_OR_SIGN = re.compile(rf'({ESCAPE})|(["\\])')
_QUOTE = re.compile(r'\\.|(")')
_BYTES = re.compile(r"\\(?=[0-7x])")
_ORDER = ("msgctxt", "msgid", "msgid_plural", "msgstr")


@dataclass(slots=True)
class _Field:
    """A field as far as it was read; ``open`` while its last string has no closing quotation mark."""

    name: str
    index: int
    line: int
    marked: bool
    text: str = ""
    open: bool = False


@dataclass(slots=True)
class _Reading:
    """What was understood: fields and comments in their order, and what was changed for that."""

    fields: list[_Field] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    previous: list[str] = field(default_factory=list)
    changes: list[Finding] = field(default_factory=list)

    def change(self, line: int, what: str) -> None:
        """Report a change."""
        self.changes.append(Finding(line, "", what))

    def keep(self, line: int, text: str) -> None:
        """Keep what nobody understands as a comment."""
        self.comments.append(f"# {text}")
        self.change(line, f"{text[:40]!r} belongs to no entry and is kept as a comment")


def mend(lines: Sequence[Line], encoding: str) -> tuple[str, list[Finding]]:
    """Return entries and comments made of numbered lines that hold no sound entry, and what was changed."""
    reading = _read(lines, encoding)
    groups = list(_groups(reading.fields))
    entries = [text for group in groups if (text := _write(group, reading))]
    if reading.previous and not (entries and _is_previous(reading.previous, encoding)):
        reading.comments += [f"# {line.lstrip('#~| ')}" for line in reading.previous]
        reading.change(lines[0][0], "the previous text (#|) cannot be read and is kept as a comment")
        reading.previous = []
    head = "".join(f"{line}\n" for line in reading.comments + reading.previous)
    return head + "\n".join(entries), reading.changes


def _read(lines: Sequence[Line], encoding: str) -> _Reading:
    reading = _Reading()
    for number, line in lines:
        bare = line.strip(_SPACES)
        marked = bare.startswith("#~") and not bare.startswith("#~|")
        if marked and (_KEYWORD.match(bare[2:].strip(_SPACES)) or bare[2:].strip(_SPACES).startswith('"')):
            bare = bare[2:].strip(_SPACES)
        if bare.startswith(("#|", "#~|")):
            reading.previous.append(bare)
        elif marked and bare.startswith("#~"):
            reading.keep(number, bare[2:].strip(_SPACES))
        elif bare.startswith("#"):
            reading.comments.append(bare)
        elif bare:
            _read_field(reading, number, bare, marked, encoding)
    for last in reading.fields:
        if last.open:
            reading.change(last.line, f"the string of {last.name} is closed")
    return reading


def _read_field(reading: _Reading, number: int, bare: str, marked: bool, encoding: str) -> None:
    keyword = _KEYWORD.match(bare)
    if keyword:
        reading.fields.append(_Field(keyword[1], int(keyword[2] or 0), number, marked))
        bare = bare[keyword.end() :].strip(_SPACES)
    elif not bare.startswith('"') and not (reading.fields and reading.fields[-1].open):
        reading.keep(number, bare)
        return
    if not reading.fields:
        reading.keep(number, bare)
        return
    last = reading.fields[-1]
    if last.open and not bare.startswith('"'):  # the string goes on in this line, as nobody closed it
        last.text += "\n"
    content, rest, last.open = _string(bare)
    if not _STRINGS.fullmatch(bare) and not last.open:
        reading.change(number, f"the string of {last.name} is written anew")
    try:
        last.text += unquote(f'"{content}"', encoding)
    except ValueError:
        last.text += unquote('"' + _BYTES.sub(lambda _: "\\\\", content) + '"', encoding)
        reading.change(number, "escaped bytes that are no text stay as they are written")
    if rest:
        reading.keep(number, rest)


def _string(text: str) -> tuple[str, str, bool]:
    """Return the content of what should be a string, escaped, what stands after it, and whether it lacks its end."""
    if _STRINGS.fullmatch(text):
        return "".join(string[1:-1] for string in STRING.findall(text)), "", False
    body = text.removeprefix('"')
    marks = [found.start() for found in _QUOTE.finditer(body) if found[1]]
    content, rest = (body[: marks[-1]], body[marks[-1] + 1 :]) if marks else (body, "")
    escaped = _ESCAPE_OR_SIGN.sub(lambda found: found[1] or "\\" + found[2], content)
    return escaped, rest.strip(_SPACES), not marks


def _groups(fields: Sequence[_Field]) -> Iterator[list[_Field]]:
    """Part the fields of several entries; where each msgstr stands before its msgid, they go together so."""
    names = [each.name for each in fields]
    starts = sum(each.name == "msgstr" and each.index == 0 for each in fields)
    swapped = names[:1] == ["msgstr"] and starts == names.count("msgid")
    group: list[_Field] = []
    for place, each in enumerate(fields):
        present = {other.name for other in group}
        if swapped:
            begins = (each.name == "msgstr" and "msgid" in present) or (each.name != "msgstr" and each.name in present)
        elif each.name == "msgctxt":
            begins = "msgstr" in present or "msgctxt" in present or names[place + 1 : place + 2] == ["msgid"]
        else:
            begins = each.name != "msgstr" and (each.name in present or (each.name == "msgid" and "msgstr" in present))
        if begins and group:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _write(group: Sequence[_Field], reading: _Reading) -> str:
    """Return the entry that these fields are; without a msgid they are kept as comments, and nothing is returned."""
    texts = {each.name: each.text for each in group if each.name != "msgstr"}
    first = group[0].line
    if "msgid" not in texts:
        for each in group:
            reading.keep(each.line, quote_field(each.name, each.text.replace("\n", "\\n"), "", ""))
        return ""
    forms, doubled = _forms(group, reading)
    if "msgid_plural" not in texts and len(forms) > 1:
        texts["msgid_plural"] = texts["msgid"]
        reading.change(first, "the entry has several forms and no msgid_plural; its msgid is taken for it")
    if [each.name for each in group] != sorted((each.name for each in group), key=_ORDER.index):
        reading.change(first, "the fields are put in their order")
    marked = next(each.marked for each in group if each.name == "msgid")
    if any(each.marked != marked for each in group):
        reading.change(first, "the mark of obsolete entries (#~) is made the same in all lines")
    mark = "#~ " if marked else ""
    written = "#, fuzzy\n" if doubled else ""
    written += "".join(quote_field(name, texts[name], mark, "\n") for name in _ORDER if name in texts)
    if "msgid_plural" not in texts:
        return written + quote_field("msgstr", forms[0], mark, "\n")
    return written + "".join(quote_field(f"msgstr[{i}]", form, mark, "\n") for i, form in enumerate(forms))


def _forms(group: Sequence[_Field], reading: _Reading) -> tuple[list[str], bool]:
    """Return the forms by index, and whether one of them stood there twice: then both texts are kept."""
    found: dict[int, list[str]] = {}
    for each in group:
        if each.name == "msgstr":
            found.setdefault(each.index, []).append(each.text)
            if len(found[each.index]) > 1:
                reading.change(each.line, "the entry has this msgstr twice; both texts are kept as a draft")
    if not found:
        reading.change(group[-1].line, "the entry gets an empty msgstr")
    if list(found) != sorted(found):
        reading.change(group[-1].line, "the forms are put in their order")
    count = max(found, default=0) + 1
    if count > len(found) > 0:
        reading.change(group[-1].line, "the forms that are missing are added, empty")
    doubled = any(len(texts) > 1 for texts in found.values())
    return ["\n".join(dict.fromkeys(found.get(index, [""]))) for index in range(count)], doubled


def _is_previous(lines: Sequence[str], encoding: str) -> bool:
    try:
        return bool(read_previous("".join(f"{line}\n" for line in lines), encoding))
    except ValueError:
        return False
