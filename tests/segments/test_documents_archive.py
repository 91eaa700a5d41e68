import struct
import zlib
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.documents import archive
from segments.documents.archive import open_archive
from segments.errors import DocumentError

FILES = {"mimetype": b"text/plain", "a.xml": b"<a>rain</a>" * 50, "folder/b.bin": bytes(range(256))}


def packed(files: dict[str, bytes] = FILES, method: int = ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """Pack files the first of which is stored, each with a time, a mode and a comment of its own."""
    stream = BytesIO()
    with ZipFile(stream, "w") as target:
        target.comment = comment
        for number, (name, data) in enumerate(files.items()):
            info = ZipInfo(name, (2020, 1, 1 + number, 12, 0, 0))
            info.external_attr = 0o644 << 16
            info.comment = f"file {number}".encode()
            target.writestr(info, data, ZIP_STORED if not number else method)
    return stream.getvalue()


def streamed(files: dict[str, bytes]) -> bytes:
    """Pack files as a program does that cannot go back: the sizes follow each file."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    stream = Pipe()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return stream.getvalue()


def read_all(data: bytes) -> None:
    opened = open_archive("a.zip", data)
    for name in opened.members:
        opened.read(name)


def contents(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as source:
        assert source.testzip() is None
        return {name: source.read(name) for name in source.namelist()}


@pytest.mark.parametrize("data", [packed(), packed(comment=b"from Monday"), streamed(FILES)])
def test_members_are_read_and_an_archive_with_the_same_members_stays_byte_for_byte(data: bytes) -> None:
    opened = open_archive("a.zip", data)
    assert list(opened.members) == list(FILES)
    assert {name: opened.read(name) for name in FILES} == FILES
    assert opened.replaced({}) == data
    assert opened.replaced(FILES) == data


@pytest.mark.parametrize("data", [packed(comment=b"from Monday"), streamed(FILES)])
@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.parametrize("words", [b"", b"snow", b"<a>snow</a>" * 5000])
def test_one_member_is_replaced_and_all_others_stay_as_they_were_packed(data: bytes, name: str, words: bytes) -> None:
    opened = open_archive("a.zip", data)
    changed = opened.replaced({name: words})
    assert contents(changed) == {**FILES, name: words}
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(changed)) as new:
        assert new.comment == old.comment
        for before, after in zip(old.infolist(), new.infolist(), strict=True):
            assert (after.filename, after.date_time, after.comment) == (
                before.filename,
                before.date_time,
                before.comment,
            )
            assert (after.external_attr, after.compress_type) == (before.external_attr, before.compress_type)
    again = open_archive("a.zip", changed)
    for other in set(FILES) - {name}:
        old_member, new_member = opened.members[other], again.members[other]
        assert changed[new_member.start : new_member.end] == data[old_member.start : old_member.end]
    assert again.replaced({name: FILES[name]})[: opened.members[name].start] == data[: opened.members[name].start]


@settings(deadline=None)
@given(st.dictionaries(st.text("abc/.x", min_size=1, max_size=8), st.binary(max_size=300), min_size=1, max_size=5))
def test_what_is_read_from_any_archive_is_what_was_packed(files: dict[str, bytes]) -> None:
    data = packed(files)
    try:
        opened = open_archive("a.zip", data)
    except DocumentError:
        assert any(".." in name or name.startswith("/") for name in files)
        return
    assert {name: opened.read(name) for name in opened.members} == files
    assert contents(opened.replaced(dict.fromkeys(files, b"new"))) == dict.fromkeys(files, b"new")


@settings(deadline=None)
@given(st.integers(0, len(packed()) - 1), st.integers(1, 255))
def test_an_archive_with_one_other_byte_is_read_or_refused_and_never_breaks_the_program(place: int, other: int) -> None:
    data = bytearray(packed())
    data[place] ^= other
    with suppress(DocumentError):
        read_all(bytes(data))


def _with_name(name: str) -> bytes:
    return packed({"first": b"", "x" * len(name.encode()): b"evil"}).replace(b"x" * len(name.encode()), name.encode())


def _patched(data: bytes, signature: bytes, offset: int, form: str, value: int) -> bytes:
    place = data.rindex(signature) + offset
    return data[:place] + struct.pack(form, value) + data[place + struct.calcsize(form) :]


def _link() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as target:
        info = ZipInfo("link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        target.writestr(info, "/etc/passwd")
    return stream.getvalue()


def _overlapping() -> bytes:
    data = packed({"first": b"", "a": b"rain" * 9, "b": b"rain" * 9})
    first, second = (data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + skip) for skip in (1, 60))
    start = data[first + 42 : first + 46]
    return data[: second + 42] + start + data[second + 46 :]


def _twice() -> bytes:
    return packed({"first": b"", "a": b"rain", "b": b"snow"}).replace(b"b", b"a")


END = b"PK\x05\x06"
ENTRY = b"PK\x01\x02"
HOSTILE = {
    "names leading up": (_with_name("../evil"), "leads out"),
    "names leading up inside": (_with_name("a/../../evil"), "leads out"),
    "names leading up the Windows way": (_with_name("a\\..\\evil"), "leads out"),
    "absolute names": (_with_name("/etc/evil"), "leads out"),
    "names with a drive": (_with_name("C:\\evil"), "leads out"),
    "names with a NUL": (_with_name("evil\0.xml"), "leads out"),
    "links": (_link(), "holds a link"),
    "encrypted members": (_patched(packed(), ENTRY, 8, "<H", 1), "encrypted"),
    "another compression": (packed(method=ZIP_BZIP2), "packed in a way"),
    "two members of a name": (_twice(), "two names|two files"),
    "overlapping members": (_overlapping(), "damaged"),
    "a lie about the size": (_patched(packed(), ENTRY, 24, "<L", 1), "not what its directory says"),
    "a lie about the packed size": (_patched(packed(), ENTRY, 20, "<L", 1 << 24), "damaged"),
    "a lie about the checksum": (_patched(packed(), ENTRY, 16, "<L", 1), "not what its directory says"),
    "a lie about the place": (_patched(packed(), ENTRY, 42, "<L", 3), "damaged"),
    "a place beyond the end": (_patched(packed(), ENTRY, 42, "<L", 1 << 30), "damaged"),
    "a lie about the count": (_patched(packed(), END, 10, "<H", 2), "damaged"),
    "a huge count": (_patched(packed(), END, 10, "<H", 65535), "more than 10,000 files"),
    "several volumes": (_patched(packed(), END, 4, "<H", 1), "several volumes"),
    "a directory that is elsewhere": (_patched(packed(), END, 16, "<L", 5), "damaged"),
    "something before it": (b"PK\x03\x04" + packed(), "damaged"),
    "something after it": (packed() + b"more", "damaged"),
    "nothing but a beginning": (b"PK\x03\x04", "damaged"),
    "a password": (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
    "no archive": (b"Dear reader", "not the archive"),
    **{
        f"the first {n} bytes alone": (packed()[:n], "damaged")
        for n in (30, 100, 300, len(packed()) - 30, len(packed()) - 1)
    },
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_an_archive_that_cannot_be_trusted_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refusal:
        read_all(data)
    assert str(refusal.value).startswith("a.zip: ")
    assert str(refusal.value).count("\n") == 0


def test_an_archive_that_inflates_beyond_reason_is_refused_before_anything_is_inflated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = packed({"first": b"", "zeros.xml": bytes(2 << 20)})
    monkeypatch.setattr(zlib, "decompressobj", None)
    with pytest.raises(DocumentError, match="250-fold"):
        open_archive("a.zip", bomb)


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MOST_MEMBERS", 2, "more than 2 files"),
        ("LARGEST_MEMBER", 1 << 8, "more than 0 MiB"),
        ("LARGEST_ARCHIVE", 1 << 8, "more than 0 MiB"),
    ],
)
def test_an_archive_larger_than_any_document_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str
) -> None:
    monkeypatch.setattr(archive, limit, value)
    with pytest.raises(DocumentError, match=said):
        open_archive("a.zip", packed())


def test_no_more_is_inflated_than_the_directory_says() -> None:
    data = _patched(packed({"first": b"", "a": bytes(900_000)}), ENTRY, 24, "<L", 10)
    with pytest.raises(DocumentError, match="not what its directory says"):
        open_archive("a.zip", data).read("a")
