"""The arguments of a C format string, as gettext compares them (``format-c-parse.h``, ISO C 99 7.19.6.1, POSIX)."""

import re
from collections.abc import Mapping

_NUMBER = r"[1-9][0-9]*\$"
_DIRECTIVE = re.compile(
    rf"""
    %(?P<place> {_NUMBER})?
    [-+\ \#0'I]*
    (?P<width> \*(?:{_NUMBER})? | [0-9]*)
    (?: \.(?P<precision> \*(?:{_NUMBER})? | [0-9]*))?
    (?: <PRI(?P<macro> [diouxX])(?P<bits> (?:LEAST|FAST)?(?:8|16|32|64)|MAX|PTR)>
      | (?P<size> (?:hh|h|ll|l|L|q|j|z|t)*)(?P<conversion> .?))""",
    re.VERBOSE | re.DOTALL,
)
_SIGNED = "di"
_UNSIGNED = "ouxX"
_LONG = {"ll": "long long ", "L": "long long ", "q": "long long "}
_SIZES = _LONG | {"": "", "hh": "char ", "h": "short ", "l": "long ", "j": "maximal ", "z": "size ", "t": "difference "}
_FIXED = {"C": "wide character", "S": "wide string", "p": "pointer"}


def c_arguments(text: str) -> Mapping[str | int, str]:
    """Return what each argument of a C format is used as, by its number from 0.

    Raises ValueError for what is no format: an unknown directive, an argument that is used in two ways or skipped,
    numbered directives beside others.

    >>> c_arguments("%2$s %1$d")
    {0: 'integer', 1: 'string'}
    """
    uses: list[tuple[int | None, str]] = []
    for found in _DIRECTIVE.finditer(text):
        uses += _uses(found)
    if any(place is None for place, _ in uses):
        if any(place is not None for place, _ in uses):
            raise ValueError("it has placeholders with and without numbers")
        return {number: use for number, (_, use) in enumerate(uses)}
    arguments: dict[str | int, str] = {}
    for place, use in uses:
        assert place is not None
        if arguments.setdefault(place - 1, use) != use:
            raise ValueError(f"argument number {place} is used as {use} and as {arguments[place - 1]}")
    gap = next((number for number in range(len(arguments)) if number not in arguments), None)
    if gap is not None:
        raise ValueError(f"it does not use argument number {gap + 1}, but a later one")
    return {number: arguments[number] for number in range(len(arguments))}


def _uses(found: re.Match[str]) -> list[tuple[int | None, str]]:
    """Return the arguments of one directive: their numbers, if they have any, and uses."""
    sizes = [size for size in (found["width"], found["precision"]) if size and size.startswith("*")]
    uses = [(_number(size[1:]), "integer") for size in sizes]
    use = _use(found)
    if use:
        uses.append((_number(found["place"] or ""), use))
    return uses


def _number(text: str) -> int | None:
    return int(text[:-1]) if text else None


def _use(found: re.Match[str]) -> str:
    """Return what the directive makes of its argument; empty where it takes none."""
    if found["macro"]:
        return f"{'' if found['macro'] in _SIGNED else 'unsigned '}{found['bits']}-bit integer"
    size, conversion = found["size"], found["conversion"]
    sized = _SIZES.get(size, f"{size} ")  # several sizes at once mean nothing, but gettext lets them pass
    if not conversion:
        raise ValueError("it ends within a directive")
    if conversion in "%m":
        return ""
    if conversion in _SIGNED:
        return f"{sized}integer"
    if conversion in _UNSIGNED:
        return f"unsigned {sized}integer"
    if conversion in "eEfFgGaA":
        return "long double" if size in _LONG else "double"
    if conversion in "cs":
        wide = {"l": "wide "}.get(size, _LONG.get(size, ""))
        return wide + ("character" if conversion == "c" else "string")
    if conversion == "n":
        return f"count in a {sized}integer"
    if conversion in _FIXED:
        return _FIXED[conversion]
    raise ValueError(f"%{conversion} is no directive")
