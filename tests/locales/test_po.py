import codecs
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from locales import CatalogError, Fact, State, parse_catalog, read_catalog

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
ENTRY = 'msgid "tea"\nmsgstr "Tee"\n'
PLURAL = 'msgid "a day"\nmsgid_plural "days"\n'

needs_msgfmt = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")

KEPT = {
    "an empty file": "",
    "only a comment": "# nothing yet\n",
    "only a header": HEADER,
    "no final newline": HEADER + ENTRY[:-1],
    "a comment at the end": HEADER + ENTRY + "\n# the end",
    "CR LF": (HEADER + ENTRY).replace("\n", "\r\n"),
    "mixed ends of lines": HEADER.replace("\n", "\r\n") + ENTRY + "\r\n# c\r\n" + 'msgid "b"\r\nmsgstr ""\n',
    "a byte order mark": "\ufeff" + HEADER + ENTRY,
    "no header": ENTRY,
    "a header at the end": ENTRY + "\n" + HEADER,
    "a fuzzy header": "#, fuzzy\n" + HEADER + ENTRY,
    "wrapping by another hand": HEADER + 'msgid ""\n"te"\n\n"a"\nmsgstr "Te" "e"\n',
    "a string below its keyword": HEADER + 'msgid\n"tea"\nmsgstr\n\t"Tee"\n',
    "odd spaces": HEADER + '\n \t\n  msgid\t"tea"  \n\tmsgstr"Tee"\t\n\f\n',
    "no blank lines": HEADER + ENTRY + 'msgid "b"\nmsgstr ""\n# c\nmsgid "c"\nmsgstr ""\n',
    "comments of every kind": HEADER
    + "#\n#without space\n# a\n#. b\n#: c.py:1 d\n#: e\n#, fuzzy,, range: 0..3 ,own-flag\n#, no-wrap\n#= sticky\n"
    + '#| msgctxt "x"\n#| msgid ""\n#| "old\\n"\n#| "text"\n#| msgid_plural "olds"\n'
    + ENTRY,
    "blank lines between comments": HEADER + "# Part two\n\n\n# c\n\n#. d\n\n" + ENTRY,
    "an obsolete entry": HEADER
    + '# c\n#, fuzzy\n#~| msgid "old"\n#~ msgctxt "x"\n#~ msgid ""\n#~ "tea"\n#~ msgstr "Tee"\n',
    "obsolete by another hand": HEADER + '#~\n#~ # c\n#~msgid "tea"\n#~  msgstr "Tee"\n#~\n',
    "an obsolete plural": HEADER + '#~ msgid "a day"\n#~ msgid_plural "days"\n#~ msgstr[0] "x"\n',
    "escapes": HEADER + 'msgid "\\a\\b\\f\\n\\r\\t\\v\\\\\\""\nmsgstr "\\101\\x42\\303\\251\\\\x41"\n',
    "characters that look like ends of lines": HEADER + 'msgid "a\u2028b\x85c\x0bd\x0ce\x1cf"\nmsgstr "\u2029"\n',
    "control characters": HEADER + 'msgid "\x01\x1b"\nmsgstr "\x7f"\n',
    "an empty context": HEADER + 'msgctxt ""\n' + ENTRY + "\n" + ENTRY,
    "a context without text": HEADER + 'msgctxt "x"\nmsgid ""\nmsgstr "y"\n',
    "names with spaces": HEADER + "#: \u2068my talk.txt\u2069:12 b.txt#x.1\n" + ENTRY,
    "facts and near facts": HEADER + "# hx: cont 0123456789ab\n# hx: broken\n# hx:\n" + ENTRY,
    "plural forms written with zeros": HEADER + PLURAL + 'msgstr[00] "Tag"\nmsgstr[1] "Tage"\n',
    "a template's plural rule": 'msgid ""\nmsgstr "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n\n'
    + PLURAL + 'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n',
    "a template's charset": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n\nmsgid "é"\nmsgstr ""\n',
    "languages": HEADER + 'msgid "1"\nmsgstr "für 茶 چای चाय ชา թեյ תה 👩‍🚀 e\u0301 İı"\n',
}  # fmt: skip


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_a_catalog_is_written_back_byte_for_byte(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(text.encode())
    catalog = read_catalog(path)
    assert catalog.to_bytes() == text.encode()
    assert catalog.changed is False
    assert catalog.save() is False


@pytest.mark.parametrize("name", sorted(KEPT.keys() - {"a header at the end"}))
def test_arranging_entries_as_they_are_changes_nothing(name: str) -> None:
    catalog = parse_catalog(KEPT[name].encode())
    catalog.arrange(catalog)
    assert catalog.to_bytes() == KEPT[name].encode()


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1251", "KOI8-R", "EUC-JP", "SHIFT_JIS", "GB18030", "Big5"])
def test_a_catalog_in_another_charset_keeps_its_bytes(charset: str) -> None:
    word = {"ISO-8859-1": "Frühling", "windows-1251": "весна", "KOI8-R": "весна", "GB18030": "春天", "Big5": "功課"}
    translation = word.get(charset, "ソ表\\\\")  # the second byte of these is a backslash in SHIFT_JIS
    data = (HEADER.replace("UTF-8", charset) + f'msgid "spring"\nmsgstr "{translation}"\n').encode(charset)
    catalog = parse_catalog(data)
    [entry] = catalog
    assert entry.msgstr == translation.replace("\\\\", "\\")
    assert catalog.to_bytes() == data
    assert codecs.lookup(charset).name == catalog.encoding


def test_escaped_bytes_are_read_in_the_charset_of_the_file() -> None:
    data = (HEADER.replace("UTF-8", "KOI8-R") + 'msgid "s"\nmsgstr "\\327\\305\\xd3na"\n').encode("koi8-r")
    assert next(iter(parse_catalog(data))).msgstr == "весna"


def test_an_escape_ends_with_its_string() -> None:
    [entry] = parse_catalog((HEADER + 'msgid "s"\nmsgstr "\\7" "7" "\\\\" "n"\n').encode())
    assert entry.msgstr == "\a7\\n"


def test_all_that_an_entry_says_is_read() -> None:
    text = KEPT["comments of every kind"]
    [entry] = parse_catalog(text.encode())
    assert entry.key == (None, "tea")
    assert entry.line == 20
    assert entry.comments == ("", "without space", "a", "= sticky")
    assert entry.extracted == ("b",)
    assert entry.references == ("c.py:1", "d", "e")
    assert entry.flags == ("fuzzy", "range: 0..3", "own-flag", "no-wrap")
    assert (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural) == ("x", "old\ntext", "olds")
    assert entry.state is State.DRAFT
    assert not entry.obsolete


def test_an_obsolete_entry_is_read_like_any_other() -> None:
    [entry] = parse_catalog(KEPT["an obsolete entry"].encode())
    assert entry.obsolete
    assert (entry.msgctxt, entry.msgid, entry.msgstr, entry.previous_msgid) == ("x", "tea", "Tee", "old")
    assert entry.comments == ("c",)


def test_facts_are_told_from_comments() -> None:
    [entry] = parse_catalog(KEPT["facts and near facts"].encode())
    assert entry.facts == (Fact("cont", (), "0123456789ab"),)
    assert entry.comments == ("hx: broken", "hx:")


def test_names_with_spaces_are_one_reference() -> None:
    [entry] = parse_catalog(KEPT["names with spaces"].encode())
    assert entry.references == ("my talk.txt:12", "b.txt#x.1")


def test_entries_are_found_by_text_and_by_reference() -> None:
    text = (
        HEADER + "#: a#1\n" + ENTRY + '\n#: a#2 a#3\nmsgctxt "a#2"\n' + ENTRY + '\n#: a#9\n#~ msgid "x"\n#~ msgstr ""\n'
    )
    catalog = parse_catalog(text.encode())
    first, second, third = catalog
    assert len(catalog) == 3
    assert catalog.get("tea") is first
    assert catalog.get("tea", "a#2") is second
    assert catalog.get("x") is third
    assert catalog.get("tea", "a#7") is catalog.get("") is None
    assert [catalog.find_reference(f"a#{number}") for number in (1, 2, 3, 9)] == [first, second, second, None]


def test_the_header_is_a_mapping_in_the_order_of_the_file() -> None:
    catalog = parse_catalog(b'# Team.\nmsgid ""\nmsgstr "B: 2\\nA: x: y\\nno field\\nX-Own:\\n"\n')
    assert list(catalog.header.items()) == [("B", "2"), ("A", "x: y"), ("X-Own", "")]
    assert catalog.header_text == "B: 2\nA: x: y\nno field\nX-Own:\n"
    assert catalog.header_entry is not None
    assert catalog.header_entry.comments == ("Team.",)
    assert list(catalog) == []


def test_polib_reads_the_same() -> None:
    text = KEPT["comments of every kind"].replace("#\n#without space\n", "").replace("#= sticky\n", "")
    text += "\n" + PLURAL + 'msgstr[0] "x"\nmsgstr[1] "y"\n'
    for ours, theirs in zip(parse_catalog(text.encode()), polib.pofile(text), strict=True):
        assert ours.msgid == theirs.msgid
        assert (ours.msgid_plural or "") == theirs.msgid_plural
        assert ours.msgstr_plural == theirs.msgstr_plural
        assert ours.flags == tuple(filter(None, theirs.flags))
        assert "\n".join(ours.comments) == theirs.tcomment
        assert (ours.previous_msgid, ours.previous_msgctxt) == (theirs.previous_msgid, theirs.previous_msgctxt)


BROKEN = {
    "a string without end": (HEADER + 'msgid "tea\nmsgstr "Tee"\n', 6, "no closing quotation mark"),
    "a continued string without end": (HEADER + 'msgid "tea"\nmsgstr "T"\n"ee\n', 8, "no closing quotation mark"),
    "a backslash before the end": (HEADER + 'msgid "tea"\nmsgstr "Tee\\"\n', 7, "no closing quotation mark"),
    "a line continued by a backslash": (HEADER + 'msgid "te\\\na"\nmsgstr "Tee"\n', 6, "no closing quotation mark"),
    "text after a string": (HEADER + 'msgid "tea" cup\nmsgstr "Tee"\n', 6, "after a closing quotation mark"),
    "a comment after a string": (HEADER + 'msgid "tea"\nmsgstr "Tee" # sic\n', 7, "after a closing quotation mark"),
    "a stray quote": (HEADER + 'msgid "t"e"\nmsgstr "Tee"\n', 6, "after a closing quotation mark"),
    "an unknown escape": (HEADER + 'msgid "tea"\nmsgstr "T\\qee"\n', 7, r"\\q is no escape"),
    "a hexadecimal escape of three digits": (HEADER + 'msgid "tea"\nmsgstr "\\x414"\n', 7, "no escape for one byte"),
    "an octal escape beyond a byte": (HEADER + 'msgid "tea"\nmsgstr "\\777"\n', 7, "no escape for one byte"),
    "an escaped NUL": (HEADER + 'msgid "tea"\nmsgstr "\\0"\n', 6, "NUL"),
    "an escaped EOT": (HEADER + 'msgid "t\\4a"\nmsgstr ""\n', 6, "EOT"),
    "escaped bytes that are no text": (HEADER + 'msgid "tea"\nmsgstr "\\377"\n', 6, "no text in utf-8"),
    "conflict markers": (HEADER + "<<<<<<< HEAD\n" + ENTRY + "=======\n" + ENTRY + ">>>>>>> b\n", 6, "conflict"),
    "a conflict inside an entry": (HEADER + 'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\n', 7, "conflict"),
    "a conflict after the last entry": (HEADER + ENTRY + ">>>>>>> b\n", 8, "conflict"),
    "two equal entries": (HEADER + ENTRY + "\n" + ENTRY, 9, "in line 6 too"),
    "two equal entries by wrapping": (HEADER + ENTRY + '\nmsgid ""\n"t"\n"ea"\nmsgstr ""\n', 9, "in line 6 too"),
    "an obsolete entry equal to another": (HEADER + ENTRY + '\n#~ msgid "tea"\n#~ msgstr ""\n', 9, "in line 6 too"),
    "two headers": (HEADER + HEADER, 6, "in line 1 too"),
    "msgstr first": (HEADER + "# c\n" + 'msgstr "Tee"\nmsgid "tea"\n', 7, "before any msgid"),
    "no msgstr": (HEADER + 'msgid "a"\n\n' + ENTRY, 8, "msgstr of the entry above"),
    "no msgstr at the end": (HEADER + 'msgid "a"\n', 7, "the last entry has no msgstr"),
    "no msgstr before a comment": (HEADER + 'msgid "a"\n# c\n' + ENTRY, 7, "inside an entry"),
    "a comment inside an entry": (HEADER + 'msgid "a"\n#, fuzzy\nmsgstr "b"\n', 7, "inside an entry"),
    "no string": (HEADER + 'msgid "a"\nmsgstr\n\nmsgid "b"\nmsgstr ""\n', 9, 'msgstr has no string; write msgstr ""'),
    "no string at the end": (HEADER + 'msgid "a"\nmsgstr \n', 8, 'msgstr has no string; write msgstr ""'),
    "no string before a comment": (HEADER + 'msgid "a"\nmsgstr\n# c\n', 8, "msgstr has no string"),
    "msgid twice": (HEADER + 'msgid "a"\nmsgid "b"\nmsgstr "c"\n', 7, "msgstr of the entry above"),
    "msgctxt twice": (HEADER + 'msgctxt "a"\nmsgctxt "b"\n' + ENTRY, 7, "msgctxt stands twice"),
    "msgstr twice": (HEADER + ENTRY + 'msgstr "Tee"\n', 8, "msgstr stands twice"),
    "msgid_plural twice": (HEADER + PLURAL + 'msgid_plural "x"\n', 8, "msgid_plural stands twice"),
    "msgctxt after msgid": (HEADER + 'msgid "a"\nmsgctxt "b"\nmsgstr "c"\n', 7, "msgstr of the entry above"),
    "msgid_plural without msgid": (HEADER + 'msgid_plural "a"\n', 6, "cannot follow msgstr"),
    "msgid_plural after msgstr": (HEADER + ENTRY + 'msgid_plural "teas"\n', 8, "cannot follow msgstr"),
    "a numbered msgstr without plural": (HEADER + 'msgid "a"\nmsgstr[0] "b"\n', 7, "needs a msgid_plural"),
    "a plain msgstr of a plural": (HEADER + PLURAL + 'msgstr "Tag"\n', 8, "numbers its translations"),
    "plural forms in the wrong order": (HEADER + PLURAL + 'msgstr[1] "b"\nmsgstr[0] "a"\n', 6, r"msgstr\[0\] belongs"),
    "a plural form twice": (HEADER + PLURAL + 'msgstr[0] "b"\nmsgstr[0] "a"\n', 6, r"msgstr\[1\] belongs"),
    "too few plural forms": (HEADER + PLURAL + 'msgstr[0] "a"\n', 6, "1 forms where Plural-Forms has 2"),
    "too many plural forms": (
        HEADER + PLURAL + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n', 6, "3 forms where Plural-Forms has 2"),
    "words outside of strings": (HEADER + "tea\n" + ENTRY, 6, "'tea' is no field"),
    "capital keywords": (HEADER + 'MSGID "tea"\nMSGSTR "Tee"\n', 6, "is no field"),
    "a keyword of a later gettext": (HEADER + 'msgid_few "tea"\nmsgstr "Tee"\n', 6, "is no field"),
    "a string of no field": (HEADER + '# c\n"tea"\n', 7, "belongs to no field"),
    "a space of another kind": (HEADER + "\xa0" + ENTRY, 6, "is no field"),
    "a domain": (HEADER + 'domain "other"\n' + ENTRY, 6, "a file of its own"),
    "half an obsolete entry": (HEADER + '#~ msgid "a"\nmsgstr "b"\n', 7, "only a part"),
    "an entry that becomes obsolete": (HEADER + 'msgid "a"\n#~ msgstr "b"\n', 7, "only a part"),
    "a string that becomes obsolete": (HEADER + 'msgid "a"\nmsgstr "b"\n#~ "c"\n', 8, "only a part"),
    "words after an obsolete mark": (HEADER + "#~ tea\n", 6, "'tea' is no field"),
    "a previous text without msgid": (HEADER + '#| msgctxt "a"\n' + ENTRY, 7, "previous text is not"),
    "a previous text of words": (HEADER + "#| tea\n" + ENTRY, 7, "previous text is not"),
    "a previous text of no entry": (HEADER + ENTRY + '\n#| msgid "a"\n', 10, "no entry below"),
    "a comment below a previous text": (HEADER + '#| msgid "a"\n# c\n' + ENTRY, 7, "below a previous text"),
    "a NUL": (HEADER + 'msgid "t\0a"\n', 6, "NUL byte"),
    "an EOT": (HEADER + 'msgid "t\4a"\n', 6, "EOT"),
    "bare CR": ((HEADER + ENTRY).replace("\n", "\r"), 1, "CR alone"),
    "a line of sixteen megabytes": (HEADER + "# c\n#" + 2**24 * "x" + "\n" + ENTRY, 7, "longer than 16,777,216 bytes"),
    "an unknown charset": (HEADER.replace("UTF-8", "UTF-9"), 1, "'UTF-9' cannot be read"),
    "a codec that is no charset": (HEADER.replace("UTF-8", "rot13"), 1, "'rot13' cannot be read"),
    "a charset beside ASCII": (HEADER.replace("UTF-8", "UTF-16"), 1, "'UTF-16' cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "problem"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_not_a_catalog_is_refused_with_its_line_and_a_remedy(text: str, line: int, problem: str) -> None:
    with pytest.raises(CatalogError, match=problem) as caught:
        parse_catalog(text.encode(), "de.po")
    assert str(caught.value).startswith(f"de.po:{line}: ")
    assert (caught.value.path, caught.value.line) == ("de.po", line)
    assert "; " in str(caught.value)


# Freedoms of msgfmt that we leave out, and what it does not look for.
TAKEN_BY_MSGFMT = {
    *("a line continued by a backslash", "a comment after a string", "a hexadecimal escape of three digits"),
    *("an octal escape beyond a byte", "escaped bytes that are no text", "an escaped NUL", "an escaped EOT", "a NUL"),
    *("bare CR", "a line of sixteen megabytes"),
    *("an unknown charset", "a codec that is no charset", "a charset beside ASCII"),
}


@needs_msgfmt
@pytest.mark.parametrize("name", sorted(BROKEN.keys() - TAKEN_BY_MSGFMT))
def test_msgfmt_refuses_it_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(BROKEN[name][0], newline="")
    assert subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True).returncode == 1


REFUSED_BY_MSGFMT = {
    *("an empty file", "only a comment", "no header", "a byte order mark"),
    *("a template's plural rule", "a template's charset"),
}


@needs_msgfmt
@pytest.mark.parametrize("name", sorted(KEPT.keys() - REFUSED_BY_MSGFMT))
def test_msgfmt_takes_what_is_kept(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(KEPT[name].encode())
    subprocess.run(["msgfmt", "-o", "/dev/null", path], check=True, capture_output=True)


def test_bytes_that_are_no_text_in_the_charset_are_refused() -> None:
    with pytest.raises(CatalogError, match=r"a\.po:7: the byte 0xFC is no text in utf-8; "):
        parse_catalog((HEADER + 'msgid "for"\nmsgstr "für"\n').encode("latin-1"), "a.po")


def test_utf_16_is_refused() -> None:
    with pytest.raises(CatalogError, match="save it as UTF-8"):
        parse_catalog((HEADER + ENTRY).encode("utf-16"))


def test_bytes_that_would_not_come_back_are_refused() -> None:
    data = HEADER.replace("UTF-8", "raw_unicode_escape").encode() + b'msgid "a"\nmsgstr "\\u00e9"\n'
    with pytest.raises(CatalogError, match="convert the file to UTF-8"):
        parse_catalog(data)


def test_the_error_names_the_entry_where_it_is_known() -> None:
    with pytest.raises(CatalogError) as caught:
        parse_catalog((HEADER + 'msgid "tea"\nmsgstr "Tee\n').encode())
    assert caught.value.msgid == "tea"


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_catalog(tmp_path / "none.po")
