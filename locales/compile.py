"""From a catalog to the MO file that programs read, refused where msgfmt -c would refuse it.

The format is that of the gettext manual, "The Format of GNU MO Files", little-endian and without the optional hash
table: the bytes are those of ``msgfmt --no-hash --endianness=little``.
"""

import re
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from .catalog import Catalog
from .entry import Entry, State
from .errors import CompileError, Finding
from .facts import WORD_JOINER
from .placeholders import placeholder_problem
from .plurals import form_counts, nplurals

_MAGIC = 0x950412DE
_HEADER_SIZE = 28
_PAIR_SIZE = 8
_FREQUENT = 5  # msgfmt calls a form frequent from here on


def compile_catalog(catalog: Catalog, *, drafts: bool = False, leave_out: Collection[Entry] = ()) -> bytes:
    """Return the MO file of a catalog, in the charset of the catalog.

    It has the header and every translated entry, drafts where they are asked for. An entry that is obsolete,
    untranslated (a plural one while any form is empty) or in ``leave_out`` is not in it: gettext then shows the source.

    A ``cont`` or ``omit`` entry keeps its U+2060: the reader sees nothing, which is right, for the head of its bead has
    its text or the translator left it out. Without such a fact a lone U+2060 is a broken bead and is not compiled.
    Whether a head is compiled beside its ``cont`` only the caller knows: it names the entries of beads that are not
    finished in ``leave_out``.

    Raises `CompileError` with all findings for a catalog that would break the program that reads it, and
    `UnencodableError` where the charset does not hold a text.
    """
    catalog.to_bytes()  # refuses what cannot be encoded, and says where
    left_out = set(leave_out)
    entries = [entry for entry in catalog if entry not in left_out and _is_finished(entry, drafts)]
    findings = [*_header_findings(catalog, entries), *_entry_findings(catalog, entries)]
    if findings:
        raise CompileError(str(catalog.path or "<catalog>"), findings)
    messages = {"": _mo_header(catalog)} | dict(map(_message, entries))
    return _mo_file(
        sorted((key.encode(catalog.encoding), text.encode(catalog.encoding)) for key, text in messages.items())
    )


def _is_finished(entry: Entry, drafts: bool) -> bool:
    if entry.obsolete or (entry.msgstr == WORD_JOINER and entry.link is None):
        return False
    return entry.state >= (State.DRAFT if drafts else State.TRANSLATED)


def _header_findings(catalog: Catalog, entries: Sequence[Entry]) -> Iterator[Finding]:
    header = catalog.header_entry
    if header is None:
        yield Finding(1, "", 'the catalog has no header; add msgid "" with Content-Type: text/plain; charset=UTF-8')
        return
    charset = re.search(r"charset=([^\s;]+)", catalog.header.get("Content-Type", ""))
    if charset is None or charset[1] == "CHARSET":
        yield Finding(header.line, "", "the header names no charset; add Content-Type: text/plain; charset=UTF-8")
    rule = catalog.header.get("Plural-Forms")
    if rule is not None or any(entry.msgid_plural is not None for entry in entries):
        try:
            form_counts(rule or "")
        except ValueError as error:
            yield Finding(header.line, "", str(error))


def _entry_findings(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[Finding]:
    rule = catalog.header.get("Plural-Forms", "")
    wanted = nplurals(rule)
    frequent = _frequent_forms(rule)
    for entry in entries:
        sources, forms = _texts(entry)
        is_plural = len(sources) > 1
        problems = [_newline_problem("begin", str.startswith, sources + forms)]
        problems += [_newline_problem("end", str.endswith, sources + forms)]
        if is_plural and wanted is not None and len(forms) != wanted:
            problems += [f"the entry has {len(forms)} forms where Plural-Forms has {wanted}"]
        for index, form in enumerate(forms):
            all_needed = not is_plural or index in frequent
            problems += [placeholder_problem(entry.flags, sources[-1], form, all_needed=all_needed)]
        yield from (Finding(entry.line, entry.msgid, problem) for problem in problems if problem)


def _frequent_forms(rule: str) -> set[int]:
    """Return the forms that stand for so many numbers that the number itself must not be missing, as for msgfmt."""
    try:
        return {form for form, count in form_counts(rule).items() if count >= _FREQUENT}
    except ValueError:
        return set()


def _newline_problem(part: str, has_newline: Callable[[str, str], bool], texts: Iterable[str]) -> str:
    found = {has_newline(text, "\n") for text in texts}
    return f"the source and the translation do not both {part} with \\n" if len(found) > 1 else ""


def _texts(entry: Entry) -> tuple[list[str], list[str]]:
    plural = entry.msgid_plural
    return ([entry.msgid] if plural is None else [entry.msgid, plural]), entry.forms()


def _message(entry: Entry) -> tuple[str, str]:
    """Return the key and the text of an entry as an MO file has them: EOT ends a context, NUL parts the forms."""
    sources, forms = _texts(entry)
    context = "" if entry.msgctxt is None else f"{entry.msgctxt}\x04"
    return context + "\0".join(sources), "\0".join(forms)


def _mo_header(catalog: Catalog) -> str:
    """Return the header without POT-Creation-Date: a new template alone, as with msgfmt, makes no new file."""
    return re.sub(r"^POT-Creation-Date:[^\n]*\n", "", catalog.header_text, flags=re.MULTILINE)


def _mo_file(messages: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Lay out messages that are sorted by key: the head, the places of all keys, of all texts, then keys and texts."""
    texts = [key for key, _ in messages] + [text for _, text in messages]
    tables = len(messages) * _PAIR_SIZE
    end_of_tables = _HEADER_SIZE + 2 * tables
    head = struct.pack("<7I", _MAGIC, 0, len(messages), _HEADER_SIZE, _HEADER_SIZE + tables, 0, end_of_tables)
    places = bytearray()
    offset = end_of_tables
    for text in texts:
        places += struct.pack("<2I", len(text), offset)
        offset += len(text) + 1
    return head + bytes(places) + b"".join(text + b"\0" for text in texts)
