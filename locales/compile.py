"""From a catalog to the MO file that programs read, refused where msgfmt -c would refuse it.

The format is that of the gettext manual, "The Format of GNU MO Files", little-endian and without the optional hash
table: the bytes are those of ``msgfmt --no-hash --endianness=little``.
"""

import re
import struct
from collections.abc import Collection, Sequence

from .catalog import Catalog
from .checks import Message, find_problems, finished
from .entry import Entry
from .errors import CompileError

_MAGIC = 0x950412DE
_HEADER_SIZE = 28
_PAIR_SIZE = 8


def compile_catalog(
    catalog: Catalog, *, drafts: bool = False, leave_out: Collection[Entry] = (), accelerator: str = ""
) -> bytes:
    """Return the MO file of a catalog, in the charset of the catalog.

    It has the header and every translated entry, drafts where they are asked for. An entry that is obsolete,
    untranslated (a plural one while any form is empty) or in ``leave_out`` is not in it: gettext then shows the source.

    A ``cont`` or ``omit`` entry keeps its U+2060: the reader sees nothing, which is right, for the head of its bead has
    its text or the translator left it out. Without such a fact a lone U+2060 is a broken bead and is not compiled.
    Whether a head is compiled beside its ``cont`` only the caller knows: it names the entries of beads that are not
    finished in ``leave_out``.

    Raises `CompileError` with all findings of `check_catalog`, for a catalog that would break the program that reads
    it, and `UnencodableError` where the charset does not hold a text.
    """
    messages = finished(catalog, drafts=drafts, leave_out=leave_out)
    try:
        findings = find_problems(catalog, messages, accelerator)
        if findings:
            raise CompileError(str(catalog.path or "<catalog>"), findings)
        return mo_file(catalog, messages)
    except UnicodeEncodeError:
        catalog.to_bytes()  # refuses it too, and says where
        raise


def mo_file(catalog: Catalog, messages: Sequence[Message]) -> bytes:
    """Return the MO file of messages that were checked; raises UnicodeEncodeError where the charset is too small."""
    texts = {"": _header(catalog)} | dict(map(_message, messages))
    charset = catalog.encoding
    return _layout(sorted((key.encode(charset), text.encode(charset)) for key, text in texts.items()))


def _message(message: Message) -> tuple[str, str]:
    """Return the key and the text of an entry as an MO file has them: EOT ends a context, NUL parts the forms."""
    context = "" if message.entry.msgctxt is None else f"{message.entry.msgctxt}\x04"
    return context + "\0".join(message.sources), "\0".join(message.forms)


def _header(catalog: Catalog) -> str:
    """Return the header without POT-Creation-Date: a new template alone, as with msgfmt, makes no new file."""
    return re.sub(r"^POT-Creation-Date:[^\n]*\n", "", catalog.header_text, flags=re.MULTILINE)


def _layout(messages: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Lay out messages that are sorted by key: the head, the places of all keys, of all texts, then keys and texts."""
    texts = [key for key, _ in messages] + [text for _, text in messages]
    tables = len(messages) * _PAIR_SIZE
    end_of_tables = _HEADER_SIZE + 2 * tables
    head = struct.pack("<7I", _MAGIC, 0, len(messages), _HEADER_SIZE, _HEADER_SIZE + tables, 0, end_of_tables)
    numbers = []
    offset = end_of_tables
    for text in texts:
        numbers += [len(text), offset]
        offset += len(text) + 1
    return head + struct.pack(f"<{len(numbers)}I", *numbers) + b"".join(text + b"\0" for text in texts)
