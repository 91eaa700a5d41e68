"""What lies in a ZIP archive, and how are members replaced so that every other byte stays?

An archive is read in memory and never unpacked into a folder. All that its directory claims is checked before anything
is inflated, so that a bomb, or a name outside the archive, gets no further than its refusal. The layout is that of
PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4, without ZIP64, encryption and archives in several volumes.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ..errors import DocumentError

__all__ = ["Archive", "Member", "is_archive", "open_archive"]

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 128 << 20  # bytes, inflated; the text of a long book has a tenth of that
LARGEST_ARCHIVE = 512 << 20
HIGHEST_RATIO = 250  # inflated to deflated: long tables reach about 100, a bomb 1,000
_REPETITIVE = 1 << 20  # a smaller member may have any ratio

_HEADER = struct.Struct("<4s5H3L2H")  # before the bytes of a member: its flags at 6, its facts at 14
_ENTRY = struct.Struct(
    "<4s6H3L5H2L"
)  # in the directory: the flags at 8, the facts at 16, the place of the header at 42
_END = struct.Struct("<4s4H2LH")  # after the directory: the place of the directory at 16
_FACTS = struct.Struct("<3L")  # checksum, deflated and inflated size
_LONGEST_COMMENT = 0xFFFF
_OLE = b"\xd0\xcf\x11\xe0"  # what Word wraps an encrypted document in
_ZIP64 = b"PK\x06\x07"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _FACTS_FOLLOW, _UTF8 = 0x2041, 0x0008, 0x0800
_UNIX = 3
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """What the directory says of a file: the place of its ``entry`` and of its header, ``start``; where what follows
    it begins, ``end``; its sizes in bytes.
    """

    name: str
    entry: int
    start: int
    end: int
    method: int
    checksum: int
    deflated: int
    inflated: int


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP archive as it came; ``members`` are in the order of its directory, which begins at ``directory``."""

    name: str
    data: bytes
    members: Mapping[str, Member]
    directory: int
    end: int

    def read(self, name: str) -> bytes:
        """Return the bytes of a member. Raise :class:`DocumentError` if it is missing, or not what its entry says."""
        member = self.members.get(name)
        if member is None:
            raise DocumentError(f"{self.name}: {name} is missing in it; save the document anew where it was made.")
        start = _content(self.data, member.start)
        content = self.data[start : start + member.deflated]
        try:
            data = content if member.method == _STORED else _inflated(content, member.inflated)
        except zlib.error as error:
            raise _damaged(self.name, f"{name} in it cannot be inflated") from error
        if len(data) != member.inflated or zlib.crc32(data) != member.checksum:
            raise _damaged(self.name, f"{name} in it is not what its directory says")
        return data

    def replaced(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the archive with other bytes in the members that ``parts`` names.

        Everything else stays: order, times, attributes, extra fields, comments, and what other members are deflated to.
        A member whose bytes do not differ is such another one.
        """
        changed = {name for name, data in parts.items() if data != self.read(name)}
        out = bytearray()
        tail = bytearray(self.data[self.directory :])
        position = 0
        for member in sorted(self.members.values(), key=lambda member: member.start):
            out += self.data[position : member.start]
            position = member.start
            entry = member.entry - self.directory
            struct.pack_into("<L", tail, entry + 42, len(out))
            if member.name in changed:
                content, facts = _deflated(parts[member.name], member.method)
                header = bytearray(self.data[member.start : _content(self.data, member.start)])
                _set_facts(header, 6, 14, facts)
                _set_facts(tail, entry + 8, entry + 16, facts)
                out += header + content
                position = member.end
        out += self.data[position : self.directory]
        struct.pack_into("<L", tail, self.end - self.directory + 16, len(out))
        return bytes(out + tail)


def is_archive(head: bytes) -> bool:
    """Tell whether a file with these first bytes is a ZIP archive."""
    return head.startswith(b"PK\x03\x04")


def open_archive(name: str, data: bytes) -> Archive:
    """Read the directory of the archive ``data``; ``name`` is named in errors.

    Raise :class:`DocumentError` for an archive that is damaged or cut off, is encrypted, is larger than any document
    or inflates beyond reason, or whose members overlap, are links, share a name or have one that leads out of it.
    """
    if data.startswith(_OLE):
        raise DocumentError(f"{name}: it has a password or an old format; save it without, and in the new format.")
    if not is_archive(data):
        raise DocumentError(f"{name}: this is not the archive that its name promises; rename it to what it is.")
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if end < 0 or end + _END.size > len(data):
        raise _damaged(name, "its end is missing")
    _, *volumes, count, size, directory, comment = _END.unpack_from(data, end)
    if data[max(0, end - 20) :].startswith(_ZIP64) or any(volumes[:2]):
        raise _refused(name, "is a ZIP64 archive or one in several volumes")
    if directory + size != end or end + _END.size + comment != len(data):
        raise _damaged(name, "its directory is not where it should be")
    if count > MOST_MEMBERS:
        raise _refused(name, f"holds more than {MOST_MEMBERS:,} files")
    found = list(_entries(name, data, directory, end))
    if len(found) != count:
        raise _damaged(name, "its directory does not hold as many files as it says")
    _check_sizes(name, found)
    return Archive(name, data, _members(name, data, found, directory), directory, end)


def _entries(name: str, data: bytes, position: int, end: int) -> Iterator[Member]:
    """Yield the members, not knowing yet where each ends."""
    while position < end:
        if position + _ENTRY.size > end:
            raise _damaged(name, "its directory is cut off")
        (signature, made, _, flags, method, _, _, checksum, deflated, inflated, *lengths, _, _, mode, start) = (
            _ENTRY.unpack_from(data, position)
        )
        size, others = lengths[0], sum(lengths[1:])
        raw = data[position + _ENTRY.size : position + _ENTRY.size + size]
        if signature != b"PK\x01\x02" or len(raw) != size:
            raise _damaged(name, "its directory is broken")
        try:
            path = raw.decode("utf-8" if flags & _UTF8 else "cp437")
        except UnicodeDecodeError as error:
            raise _damaged(name, f"it holds a file whose name is no text: {raw!r}") from error
        _check_entry(name, path, flags, method)
        if made >> 8 == _UNIX and stat.S_ISLNK(mode >> 16):
            raise _refused(name, f"holds a link, {path}")
        yield Member(path, position, start, start, method, checksum, deflated, inflated)
        position += _ENTRY.size + size + others


def _check_entry(name: str, path: str, flags: int, method: int) -> None:
    if _OUTSIDE.match(path) or "\0" in path:
        raise _refused(name, f"holds a file whose name leads out of it, {path!r}")
    if flags & _ENCRYPTED:
        raise DocumentError(f"{name}: it is encrypted; open it where it was made and save it without a password.")
    if method not in (_STORED, _DEFLATED):
        raise _refused(name, f"is packed in a way that documents are not ({path}, method {method})")


def _check_sizes(name: str, members: list[Member]) -> None:
    for member in members:
        if member.inflated > LARGEST_MEMBER:
            raise _refused(name, f"holds a file of more than {LARGEST_MEMBER >> 20} MiB, {member.name}")
        if member.inflated > _REPETITIVE and member.inflated > HIGHEST_RATIO * member.deflated:
            raise _refused(name, f"holds a file that inflates more than {HIGHEST_RATIO}-fold, {member.name}")
    if sum(member.inflated for member in members) > LARGEST_ARCHIVE:
        raise _refused(name, f"holds more than {LARGEST_ARCHIVE >> 20} MiB")


def _members(name: str, data: bytes, found: list[Member], directory: int) -> dict[str, Member]:
    """Return the members by name, each with its end, once none reaches into the next or is called something else."""
    starts = sorted([*(member.start for member in found), directory])
    following = dict(pairwise(starts))
    members: dict[str, Member] = {}
    for member in found:
        if member.name in members:
            raise _refused(name, f"holds two files of the name {member.name}")
        entry_name = data[member.entry + _ENTRY.size :][: struct.unpack_from("<H", data, member.entry + 28)[0]]
        members[member.name] = replace(member, end=following.get(member.start, 0))
        content = _content(data, member.start) if member.start + _HEADER.size <= directory else directory
        if not data.startswith(b"PK\x03\x04", member.start) or content + member.deflated > following[member.start]:
            raise _damaged(name, f"{member.name} is not where its directory says")
        if not data.startswith(entry_name, member.start + _HEADER.size):
            raise _damaged(name, f"{member.name} has two names")
    return members


def _content(data: bytes, start: int) -> int:
    """Return where the bytes of the member begin whose header is at ``start``."""
    *_, name_size, extra_size = _HEADER.unpack_from(data, start)
    return start + _HEADER.size + int(name_size) + int(extra_size)


def _inflated(content: bytes, size: int) -> bytes:
    """Inflate to no more than one byte beyond ``size``, so that a lie about it is seen and costs nothing."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, size + 1)


def _deflated(data: bytes, method: int) -> tuple[bytes, tuple[int, int, int]]:
    content = data
    if method == _DEFLATED:
        packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        content = packer.compress(data) + packer.flush()
    return content, (zlib.crc32(data), len(content), len(data))


def _set_facts(record: bytearray, flags_at: int, facts_at: int, facts: tuple[int, int, int]) -> None:
    (flags,) = struct.unpack_from("<H", record, flags_at)
    struct.pack_into("<H", record, flags_at, flags & ~_FACTS_FOLLOW)
    _FACTS.pack_into(record, facts_at, *facts)


def _damaged(name: str, what: str) -> DocumentError:
    return DocumentError(f"{name}: the archive is damaged, {what}; get the file again, or save it anew.")


def _refused(name: str, what: str) -> DocumentError:
    return DocumentError(f"{name}: the archive {what}, which no document needs; save it anew where it was made.")
