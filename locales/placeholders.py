"""Whether a translation keeps the placeholders of its source, for C and Python formats as msgfmt -c compares them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from string import Formatter
from typing import NamedTuple

from .c_format import c_arguments

# The arguments of a text: what each is used as, by its name, or by its number from 0 where it has no name.
Arguments = Mapping[str | int, str]


class Format(NamedTuple):
    """One way to write placeholders: its flag, how arguments are read (ValueError: no format) and shown.

    ``number_needed`` says whether an argument without a name must not be left out even in a plural form for one.
    """

    flag: str
    read: Callable[[str], Arguments]
    show: Callable[[str | int], str]
    number_needed: bool


# "printf-style String Formatting" of the Python library reference; gettext does not know %a.
_NAME = r"\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
_DIRECTIVE = re.compile(rf"%(?:{_NAME})?[#0\- +]*(\*|[0-9]*)(?:\.(\*|[0-9]*))?[hlL]?(.?)", re.DOTALL)
_USES = {
    **dict.fromkeys("diouxX", "an integer"),
    **dict.fromkeys("eEfFgG", "a float"),
    **dict.fromkeys("rs", "a text"),
    "c": "a character",
    "%": "a value",
}

# What gettext takes as a field of str.format: no conversion, and of the format specification the old part only.
_FIELD_NAME = r"(?:[A-Za-z_][A-Za-z_0-9]*|[0-9]+)(?:\.[A-Za-z_][A-Za-z_0-9]*|\[(?:[A-Za-z_][A-Za-z_0-9]*|[0-9]+)\])*"
_SPECIFICATION = r"(?:[^{}]?[<>=^])?[+\- ]?\#?0?[0-9]*(?:\.[0-9]+)?[bcdoxXneEfFgGs%]?"
_FIELD = re.compile(rf"\{{(?:(\{{)|({_FIELD_NAME}(?::(?:\{{{_FIELD_NAME}\}}|{_SPECIFICATION}))?)\}}|(.?))", re.DOTALL)


def placeholder_problem(flags: Collection[str], source: str, translation: str, *, all_needed: bool = True) -> str:
    """Return how the placeholders of a translation differ, as half a sentence; empty where they agree.

    The formats compared are those that the flags name: ``c-format``, ``python-format``, ``python-brace-format``. Where
    not ``all_needed``, as in a plural form for one, arguments with a name may be left out, and the last ones of a C
    format. A source that is no format itself is not compared. Fields of str.format that gettext does not know, such as
    ``{}`` and ``{when!s}``, are compared by their names.

    >>> placeholder_problem(["python-brace-format"], "{count} files", "Dateien")
    'the translation lacks {count}'
    """
    if not flags or not any(sign in text for text in (source, translation) for sign in "%{}"):
        return ""
    problems = (_compare(form, source, translation, all_needed) for form in _FORMATS if form.flag in flags)
    return next(filter(None, problems), "")


def _compare(form: Format, source: str, translation: str, all_needed: bool) -> str:
    try:
        wanted = form.read(source)
    except ValueError:
        return ""
    try:
        given = form.read(translation)
    except ValueError as error:
        return f"the translation is no format: {error}"
    missing = [
        name for name in wanted if name not in given and (all_needed or (form.number_needed and isinstance(name, int)))
    ]
    if missing:
        return f"the translation lacks {form.show(missing[0])}"
    extra = [name for name in given if name not in wanted]
    if extra:
        return f"the source does not have the {form.show(extra[0])} of the translation"
    changed = [name for name in given if given[name] != wanted[name]]
    if changed:
        name = changed[0]
        return f"{form.show(name)} is {wanted[name]} in the source and {given[name]} in the translation"
    return ""


def _percent_arguments(text: str) -> Arguments:
    arguments: dict[str | int, str] = {}
    for found in _DIRECTIVE.finditer(text):
        name, width, precision, conversion = found.groups()
        if conversion not in _USES:
            raise ValueError(f"%{conversion} is no directive")
        uses: list[tuple[str | None, str]] = [(None, "an integer") for size in (width, precision) if size == "*"]
        if name is not None or conversion != "%":
            uses.append((name, _USES[conversion]))
        for argument, use in uses:
            key = len(arguments) if argument is None else argument
            if arguments.setdefault(key, use) != use:
                raise ValueError(f"%({name}) is {arguments[key]} and {use}")
    if len({type(name) for name in arguments}) > 1:
        raise ValueError("it has placeholders with and without names")
    return arguments


def _brace_fields(text: str) -> Arguments:
    """Return the fields of a text as gettext knows them, each with all that stands in its braces."""
    fields: dict[str | int, str] = {}
    for doubled, field, rest in _FIELD.findall(text):
        if field:
            fields[field] = "a value"
        elif not doubled:
            raise ValueError(f"the field that begins with {{{rest} cannot be read")
    return fields


def _brace_arguments(text: str) -> Arguments:
    """Return the names of the fields of a text as Python knows them, without attributes and format specifications."""
    names: dict[str | int, str] = {}
    for name in _brace_names(text):
        names[name or str(len(names))] = "a value"
    return names


def _brace_names(text: str) -> Iterator[str]:
    for _, field, specification, _ in Formatter().parse(text):
        if field is not None:
            yield re.split(r"[.\[]", field, maxsplit=1)[0]
            yield from _brace_names(specification or "")


def _show_number(name: str | int) -> str:
    return f"%({name})" if isinstance(name, str) else f"% placeholder number {name + 1}"


def _show_brace(name: str | int) -> str:
    return f"{{{name}}}"


_FORMATS = (
    Format("c-format", c_arguments, _show_number, number_needed=False),
    Format("python-format", _percent_arguments, _show_number, number_needed=True),
    Format("python-brace-format", _brace_fields, _show_brace, number_needed=False),
    Format("python-brace-format", _brace_arguments, _show_brace, number_needed=False),
)
#: The flags of the formats compared here.
FORMATS = frozenset(form.flag for form in _FORMATS)
