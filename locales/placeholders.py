"""Whether a translation keeps the placeholders of its source: Python's % and {} formats, as msgfmt -c compares them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from string import Formatter

# The arguments of a text: what each is used as, by its name, or by its number from 0 where it has no name.
Arguments = Mapping[str | int, str]

# "printf-style String Formatting" of the Python library reference.
_DIRECTIVE = re.compile(r"%(?:\(([^()]*)\))?[#0\- +]*(\*|[0-9]*)(?:\.(\*|[0-9]*))?[hlL]?(.?)", re.DOTALL)
_USES = {
    **dict.fromkeys("diouxX", "an integer"),
    **dict.fromkeys("eEfFgG", "a float"),
    **dict.fromkeys("ars", "a text"),
    "c": "a character",
}


def placeholder_problem(flags: Collection[str], source: str, translation: str, *, all_needed: bool = True) -> str:
    """Return how the placeholders of a translation differ, as half a sentence; empty where they agree.

    The formats compared are those that the flags name: ``python-format`` and ``python-brace-format``. Where not
    ``all_needed``, as in a plural form for one, named placeholders may be left out. A source that is no format itself
    is not compared.

    >>> placeholder_problem(["python-brace-format"], "{count} files", "Dateien")
    'the translation lacks {count}'
    """
    for flag, read, show in _FORMATS:
        if flag in flags:
            problem = _compare(read, show, source, translation, all_needed)
            if problem:
                return problem
    return ""


def _compare(
    read: Callable[[str], Arguments], show: Callable[[str | int], str], source: str, translation: str, all_needed: bool
) -> str:
    try:
        wanted = read(source)
    except ValueError:
        return ""
    try:
        given = read(translation)
    except ValueError as error:
        return f"the translation is no format: {error}"
    missing = [name for name in wanted if name not in given and (all_needed or isinstance(name, int))]
    if missing:
        return f"the translation lacks {show(missing[0])}"
    extra = [name for name in given if name not in wanted]
    if extra:
        return f"the source does not have the {show(extra[0])} of the translation"
    changed = [name for name in given if given[name] != wanted[name]]
    if changed:
        return f"{show(changed[0])} is {wanted[changed[0]]} in the source and {given[changed[0]]} in the translation"
    return ""


def _percent_arguments(text: str) -> Arguments:
    arguments: dict[str | int, str] = {}
    for name, width, precision, conversion in _DIRECTIVE.findall(text):
        if conversion == "%":
            continue
        if conversion not in _USES or not conversion:
            raise ValueError(f"%{conversion} is no directive")
        uses = ["an integer" for size in (width, precision) if size == "*"] + [_USES[conversion]]
        for use in uses:
            arguments[name or len(arguments)] = use
    if len({type(name) for name in arguments}) > 1:
        raise ValueError("it has placeholders with and without names")
    return arguments


def _brace_arguments(text: str) -> Arguments:
    names: dict[str | int, str] = {}
    for name in _brace_names(text):
        names[name or str(len(names))] = "a value"
    return names


def _brace_names(text: str) -> Iterator[str]:
    for _, field, specification, _ in Formatter().parse(text):
        if field is not None:
            yield re.split(r"[.\[]", field, maxsplit=1)[0]
            yield from _brace_names(specification or "")


def _show_percent(name: str | int) -> str:
    return f"%({name})" if isinstance(name, str) else f"% placeholder number {name + 1}"


def _show_brace(name: str | int) -> str:
    return f"{{{name}}}"


_FORMATS = (
    ("python-format", _percent_arguments, _show_percent),
    ("python-brace-format", _brace_arguments, _show_brace),
)
