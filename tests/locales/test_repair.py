import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import CatalogError, Entry, State, parse_catalog
from locales.repair import repair_catalog

HEADER = 'msgid ""\nmsgstr ""\n'  # the fields follow
HEADER += '"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
SOUND = '# of the house\nmsgid  "tea"\nmsgstr "Tee"\n"!"\n\n'


def entries_of(data: bytes) -> dict[str, Entry]:
    return {entry.msgid: entry for entry in parse_catalog(data)}


BROKEN: dict[str, tuple[str, dict[str, list[str]], str]] = {
    "an open string": ('msgid "a\nmsgstr "x"\n', {"a": ["x"]}, "the string of msgid is closed"),
    "a string over two lines": ('msgid "a"\nmsgstr "x\ny"\n', {"a": ["x\ny"]}, "written anew"),
    "a quotation mark inside": ('msgid "a"b"\nmsgstr "x"\n', {'a"b': ["x"]}, "written anew"),
    "text after a string": ('msgid "a" rest\nmsgstr "x"\n', {"a": ["x"]}, "'rest' belongs to no entry"),
    "an unknown escape": ('msgid "a"\nmsgstr "x\\qy"\n', {"a": ["x\\qy"]}, "written anew"),
    "escaped bytes that are no text": ('msgid "a"\nmsgstr "x\\351"\n', {"a": ["x\\351"]}, "stay as they are written"),
    "no msgstr": ('msgid "a"\n\nmsgid "b"\nmsgstr "y"\n', {"a": [""], "b": ["y"]}, "gets an empty msgstr"),
    "msgstr before msgid": ('msgstr "x"\nmsgid "a"\n', {"a": ["x"]}, "put in their order"),
    "two entries, msgstr first": (
        'msgstr "x"\nmsgid "a"\nmsgstr "y"\nmsgid "b"\n', {"a": ["x"], "b": ["y"]}, "put in their order"),
    "a second msgstr": ('msgid "a"\nmsgstr "x"\nmsgstr "y"\n', {"a": ["x"]}, "kept as a comment"),
    "a form too many": (
        'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] "y"\nmsgstr[2] "z"\n', {"a": ["x", "y"]}, "3 forms"),
    "a form too few": ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\n', {"a": ["x", ""]}, "empty ones are added"),
    "a form in the wrong place": (
        'msgid "a"\nmsgid_plural "as"\nmsgstr[1] "y"\nmsgstr[0] "x"\n', {"a": ["x", "y"]}, "forms are put"),
    "a plural without forms": ('msgid "a"\nmsgid_plural "as"\nmsgstr "x"\n', {"a": ["x", ""]}, "empty ones are added"),
    "forms without a plural": ('msgid "a"\nmsgstr[0] "x"\nmsgstr[1] "y"\n', {"a": ["x", "y"]}, "no msgid_plural"),
    "a duplicate": ('msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n', {"a": ["x\ny"]}, "same entry in line 6"),
    "a duplicate without translation": ('msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr "y"\n', {"a": ["y"]}, "line 6"),
    "a conflict": (
        'msgid "a"\n<<<<<<< ours\nmsgstr "x"\n=======\nmsgstr "y"\n>>>>>>> theirs\n', {"a": ["x\ny"]}, "conflict"),
    "a conflict with its base": (
        '<<<<<<< ours\nmsgid "a"\nmsgstr "x"\n||||||| base\n=======\nmsgid "b"\nmsgstr "y"\n>>>>>>> theirs\n',
        {"a": ["x"], "b": ["y"]}, "conflict"),
    "a line of nothing": ('what is this\nmsgid "a"\nmsgstr "x"\n', {"a": ["x"]}, "'what is this'"),
    "half an obsolete entry": ('#~ msgid "a"\nmsgstr "x"\n', {"a": ["x"]}, "mark of obsolete"),
    "a broken previous text": ('#| old\nmsgid "a"\nmsgstr "x"\n', {"a": ["x"]}, "previous text"),
    "a NUL": ('msgid "a\0"\nmsgstr "x"\n', {"a": ["x"]}, "U+0000"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_catalog_is_repaired_and_every_change_is_named(
    text: str, wanted: dict[str, list[str]], said: str
) -> None:
    data = (HEADER + text + "\n" + SOUND).encode()
    with pytest.raises(CatalogError):
        parse_catalog(data)
    repaired = repair_catalog(data)
    found = {msgid: entry.forms() for msgid, entry in entries_of(repaired.data).items()}
    assert found == wanted | {"tea": ["Tee!"]}
    assert SOUND in repaired.data.decode()
    assert any(said in change.problem for change in repaired.changes)


def test_two_translations_are_kept_as_a_draft_with_a_note() -> None:
    entry = entries_of(repair_catalog((HEADER + 2 * SOUND.replace("!", "?") + SOUND).encode()).data)["tea"]
    assert entry.state is State.DRAFT
    assert entry.forms() == ["Tee!\nTee?"]
    assert "two translations of this text stood here" in entry.comments


def test_a_form_too_many_is_kept_in_a_comment() -> None:
    text, _, _ = BROKEN["a form too many"]
    assert '# msgstr[2] "z"' in repair_catalog((HEADER + text).encode()).data.decode()


def test_a_catalog_that_can_be_read_stays_as_it_is() -> None:
    assert repair_catalog(SOUND.encode()).data == SOUND.encode()


def test_a_header_is_added_where_something_else_is_broken() -> None:
    repaired = repair_catalog(b'msgid "a"\nmsgstr "x\n', language="ru")
    header = parse_catalog(repaired.data).header
    assert header["Content-Type"] == "text/plain; charset=UTF-8"
    assert header["Plural-Forms"].startswith("nplurals=3;")
    assert "the header is added" in [change.problem for change in repaired.changes]


def test_bytes_that_are_no_text_need_the_name_of_their_charset() -> None:
    data = (HEADER + SOUND).encode() + 'msgid "a"\nmsgstr "é"\n'.encode("latin-1")
    with pytest.raises(CatalogError, match=r":12: the byte 0xE9 .* --charset"):
        repair_catalog(data)
    repaired = repair_catalog(data, charset="latin-1")
    assert entries_of(repaired.data)["a"].msgstr == "é"
    assert [(change.line, change.problem) for change in repaired.changes] == [(12, "the line is read in latin-1")]


def test_utf_16_becomes_utf_8() -> None:
    repaired = repair_catalog((HEADER + SOUND).encode("utf-16"))
    assert entries_of(repaired.data)["tea"].msgstr == "Tee!"


def test_lines_keep_the_end_they_have() -> None:
    data = repair_catalog((HEADER + 'msgid "a\nmsgstr "x"\n').replace("\n", "\r\n").encode()).data
    assert data.count(b"\n") == data.count(b"\r\n")


WORDS = st.sampled_from(["eins", "zwei", "drei é", "vier %d", "fünf"])
LINES = st.one_of(
    WORDS.map('msgid "{}"'.format),
    WORDS.map('msgstr "{}"'.format),
    WORDS.map('msgstr[1] "{}"'.format),
    WORDS.map('msgid_plural "{}"'.format),
    WORDS.map('msgctxt "{}"'.format),
    WORDS.map('msgstr "{}'.format),
    WORDS.map('"{}"'.format),
    WORDS.map('#~ msgid "{}"'.format),
    WORDS.map('#| msgid "{}"'.format),
    WORDS.map("# {}".format),
    WORDS,
    st.sampled_from(["", "", "<<<<<<< a", "=======", ">>>>>>> b", "#, fuzzy", '"', "\\", '#~| "', "#~"]),
)


@given(st.lists(LINES, max_size=14), st.booleans())
@settings(max_examples=300, deadline=None)
def test_anything_can_be_repaired_and_no_word_is_lost(lines: list[str], header: bool) -> None:
    text = HEADER * header + "\n".join(lines) + "\n"
    repaired = repair_catalog(text.encode()).data
    parse_catalog(repaired)
    for word in ("eins", "zwei", "drei é", "vier %d", "fünf"):
        assert (word in text) == (word in repaired.decode())
    assert repair_catalog(repaired).data == repaired
