"""What in a catalog would break the program that reads it: all that ``msgfmt -c`` refuses, and what Python cannot read.

Two things more than msgfmt: a header without a charset, which Python's gettext needs, and a broken rule in
Plural-Forms where no entry has a plural yet. One thing less: a plural entry with an empty form is not compiled, so it
is not looked at, where msgfmt compiles the empty form.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from .catalog import Catalog
from .entry import Entry
from .errors import Finding
from .facts import WORD_JOINER
from .placeholders import placeholder_problem
from .plurals import form_counts, nplurals

_FREQUENT = 5  # msgfmt calls a form frequent from here on
_RANGE = re.compile(r"range:\s*([0-9]+)\.\.([0-9]+)")
# The fields that msgfmt -c warns of, with what a template has in them.
_HEADER_FIELDS = {
    "Project-Id-Version": "PACKAGE VERSION",
    "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
    "Language-Team": "LANGUAGE <LL@li.org>",
    "Language": "",
    "MIME-Version": None,
    "Content-Type": "text/plain; charset=CHARSET",
    "Content-Transfer-Encoding": "ENCODING",
}
#: What is to be said of a catalog that begins with a byte order mark.
BOM_NOTE = "the file begins with a byte order mark, which GNU gettext does not read; save it without"


class Message(NamedTuple):
    """An entry that is compiled: ``sources`` are its msgid and, if it has one, msgid_plural; ``forms`` its msgstr."""

    entry: Entry
    sources: list[str]
    forms: list[str]


def finished(catalog: Catalog, *, drafts: bool = False, leave_out: Collection[Entry] = ()) -> list[Message]:
    """Return what a compiler takes: every translated entry, drafts where they are asked for, in order.

    An entry that is obsolete, untranslated (a plural one while any form is empty) or in ``leave_out`` is not taken,
    nor is a lone U+2060 without a ``cont`` or ``omit`` fact: that is a broken bead.
    """
    left_out = set(leave_out)
    messages = []
    for entry in catalog:
        if entry.obsolete or entry in left_out:
            continue
        forms = entry.forms()
        if not all(forms) or (not drafts and "fuzzy" in entry.flags):
            continue
        if forms == [WORD_JOINER] and entry.link is None:
            continue
        plural = entry.msgid_plural
        messages.append(Message(entry, [entry.msgid] if plural is None else [entry.msgid, plural], forms))
    return messages


def check_catalog(
    catalog: Catalog, *, drafts: bool = False, leave_out: Collection[Entry] = (), accelerator: str = ""
) -> list[Finding]:
    """Return everything for which compiling these entries is refused, in file order.

    ``accelerator`` is the mark of keyboard accelerators, such as ``&`` or ``_``, where a program has them.
    """
    return find_problems(catalog, finished(catalog, drafts=drafts, leave_out=leave_out), accelerator)


def find_problems(catalog: Catalog, messages: Sequence[Message], accelerator: str = "") -> list[Finding]:
    """Return everything for which compiling ``messages`` of a catalog is refused."""
    return [*_header_problems(catalog, messages), *_message_problems(catalog, messages, accelerator)]


def header_notes(catalog: Catalog) -> list[Finding]:
    """Return what ``msgfmt -c`` only warns of: header fields that are missing or as in a template, and a BOM."""
    header = catalog.header_entry
    line = header.line if header else 1
    fields = catalog.header
    notes = [BOM_NOTE] if catalog.has_bom else []
    for name, default in _HEADER_FIELDS.items():
        if name not in fields:
            notes.append(f"the header field {name} is missing")
        elif fields[name] == default:
            notes.append(f"the header field {name} still has its initial value")
    return [Finding(line, "", note) for note in notes]


def _header_problems(catalog: Catalog, messages: Sequence[Message]) -> Iterator[Finding]:
    header = catalog.header_entry
    if header is None:
        yield Finding(1, "", 'the catalog has no header; add msgid "" with Content-Type: text/plain; charset=UTF-8')
        return
    charset = re.search(r"charset=([^\s;]+)", catalog.header.get("Content-Type", ""))
    if charset is None or charset[1] == "CHARSET":
        yield Finding(header.line, "", "the header names no charset; add Content-Type: text/plain; charset=UTF-8")
    rule = catalog.header.get("Plural-Forms")
    if rule is not None or any(len(message.sources) > 1 for message in messages):
        try:
            form_counts(rule or "")
        except ValueError as error:
            yield Finding(header.line, "", str(error))


def _message_problems(catalog: Catalog, messages: Iterable[Message], accelerator: str) -> Iterator[Finding]:
    rule = catalog.header.get("Plural-Forms", "")
    wanted = nplurals(rule)
    frequent = _frequent_forms(rule)
    for entry, sources, forms in messages:
        is_plural = len(sources) > 1
        problems = [_newline_problem("begin", str.startswith, sources + forms)]
        problems += [_newline_problem("end", str.endswith, sources + forms)]
        if is_plural and wanted is not None and len(forms) != wanted:
            problems += [f"the entry has {len(forms)} forms where Plural-Forms has {wanted}"]
        if accelerator and not is_plural:
            problems += [_accelerator_problem(accelerator, sources[0], forms[0])]
        flags = entry.flags
        if flags:
            needed = _frequent_in_range(rule, flags) if "range" in " ".join(flags) else frequent
            for index, form in enumerate(forms):
                all_needed = len(forms) == 1 or index in needed
                problems += [placeholder_problem(flags, sources[-1], form, all_needed=all_needed)]
        yield from (Finding(entry.line, entry.msgid, problem) for problem in problems if problem)


def _frequent_forms(rule: str) -> set[int]:
    """Return the forms that stand for so many numbers that the number itself must not be missing, as for msgfmt."""
    try:
        return {form for form, count in form_counts(rule).items() if count >= _FREQUENT}
    except ValueError:
        return set()


def _frequent_in_range(rule: str, flags: Collection[str]) -> set[int]:
    """Return the frequent forms of an entry with a ``range:`` flag: more than one number of the range has them."""
    found = _RANGE.search(" ".join(flags))
    if found is None:
        return _frequent_forms(rule)
    try:
        counts = form_counts(rule, range(int(found[1]), min(int(found[2]), 1000) + 1))
    except ValueError:
        return set()
    return {form for form in _frequent_forms(rule) if counts[form] > 1}


def _newline_problem(part: str, has_newline: Callable[[str, str], bool], texts: Iterable[str]) -> str:
    found = {has_newline(text, "\n") for text in texts}
    return f"the source and the translation do not both {part} with \\n" if len(found) > 1 else ""


def _accelerator_problem(mark: str, source: str, translation: str) -> str:
    """Compare keyboard accelerators: a source with one wants one; a doubled mark is the character itself."""
    if source.count(mark) != 1:
        return ""
    count = translation.replace(mark * 2, "").count(mark)
    if count == 1:
        return ""
    return f"the translation has {count} keyboard accelerator marks {mark!r} where the source has one"
