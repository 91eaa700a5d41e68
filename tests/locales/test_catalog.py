import difflib
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from locales import (
    WORD_JOINER,
    Catalog,
    CatalogError,
    Entry,
    Fact,
    Fields,
    LocalesError,
    State,
    UnencodableError,
    bead_digest,
    bead_state,
    fact_digest,
    new_catalog,
    new_entry,
    parse_catalog,
    read_catalog,
)

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
TALK = (
    HEADER
    + """\
# ada: 40 or 42 years?
#. turn
#: talk.txt#b1.1
#, fuzzy, no-wrap
#| msgid "I came."
msgid ""
"I came "
"in spring."
msgstr "Ich kam."

#. turn
#: talk.txt#b1.2
msgid "I never left."
msgstr ""

#: talk.txt#b2.1
msgid "a day"
msgid_plural "days"
msgstr[0] "ein Tag"
msgstr[1] ""

#~ msgid "Gone."
#~ msgstr "Weg."
"""
)
needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed")


def talk() -> Catalog:
    return parse_catalog(TALK.encode())


def entry_of(catalog: Catalog, msgid: str, msgctxt: str | None = None) -> Entry:
    entry = catalog.get(msgid, msgctxt)
    assert entry is not None
    return entry


def changed_lines(catalog: Catalog, before: str = TALK) -> tuple[list[str], list[str]]:
    """The lines that are only in the old text, and only in the new one."""
    diff = list(difflib.ndiff(before.split("\n"), catalog.to_bytes().decode().split("\n")))
    old, new = ([line[2:] for line in diff if line.startswith(sign)] for sign in ("- ", "+ "))
    return old, new


def test_a_translation_changes_only_its_line() -> None:
    catalog = talk()
    catalog.translate(entry_of(catalog, "I never left."), "Ich bin geblieben.")
    assert changed_lines(catalog) == (['msgstr ""'], ['msgstr "Ich bin geblieben."'])


def test_a_confirmed_draft_loses_its_flag_and_previous_text_and_keeps_its_wrapping() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I came in spring.")
    catalog.translate(entry, "Ich kam im Frühling.")
    old, new = changed_lines(catalog)
    assert old == ["#, fuzzy, no-wrap", '#| msgid "I came."', 'msgstr "Ich kam."']
    assert new == ["#, no-wrap", 'msgstr "Ich kam im Frühling."']
    assert entry.state is State.TRANSLATED


def test_a_draft_has_the_fuzzy_flag_in_front() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.translate(entry, "Ich blieb.", state=State.DRAFT)
    assert changed_lines(catalog) == (['msgstr ""'], ["#, fuzzy", 'msgstr "Ich blieb."'])
    assert entry.raw.startswith("\n#. turn\n#: talk.txt#b1.2\n#, fuzzy\nmsgid")
    catalog.translate(entry_of(catalog, "a day"), "x", plural={1: "y"}, state=State.DRAFT)
    assert entry_of(catalog, "a day").flags == ("fuzzy",)


def test_a_draft_keeps_its_previous_text() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I came in spring.")
    catalog.translate(entry, "Ich kam im Mai.", state=State.DRAFT)
    assert entry.previous_msgid == "I came."
    assert changed_lines(catalog) == (['msgstr "Ich kam."'], ['msgstr "Ich kam im Mai."'])


def test_an_empty_translation_is_untranslated_whatever_the_state() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I came in spring.")
    catalog.translate(entry, "", state=State.DRAFT)
    assert entry.state is State.UNTRANSLATED
    assert entry.flags == ("no-wrap",)


def test_a_text_of_several_lines_is_written_a_line_each() -> None:
    catalog = talk()
    catalog.translate(entry_of(catalog, "I never left."), 'One "1"\n\n\tTwo \\ two\n')
    assert changed_lines(catalog)[1] == [r'"One \"1\"\n"', r'"\n"', r'"\tTwo \\ two\n"']


def test_saying_the_same_again_changes_nothing() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I came in spring.")
    catalog.translate(entry, entry.msgstr, state=State.DRAFT)
    assert catalog.changed is False
    catalog.translate(entry, "x")
    assert catalog.changed is True


def test_an_edit_taken_back_leaves_nothing_to_save() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.translate(entry, "x")
    catalog.translate(entry, "")
    assert catalog.changed is False


@pytest.mark.parametrize("state", [State.APPROVED, State.UNTRANSLATED])
def test_a_text_cannot_be_given_as_approved_or_untranslated(state: State) -> None:
    catalog = talk()
    with pytest.raises(ValueError, match="as a draft or as translated"):
        catalog.translate(entry_of(catalog, "I never left."), "x", state=state)


def test_facts_are_replaced_by_a_translation() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    first = Fact("align", ("0.87", "1:1"), fact_digest([(entry.msgid, "Ich blieb.")]))
    catalog.translate(entry, "Ich blieb.", state=State.DRAFT, facts=[first])
    assert entry.facts == (first,)
    assert entry.facts[0].digest == entry.digest()
    assert entry.raw.startswith(f"\n# {first}\n#. turn\n")
    catalog.translate(entry, "Ich blieb.")
    assert entry.facts == ()
    assert changed_lines(catalog) == (['msgstr ""'], ['msgstr "Ich blieb."'])


def test_an_approval_holds_for_the_text_it_was_given_for() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.translate(entry, "Ich blieb.")
    catalog.approve(entry, "Ada Example")
    assert entry.state is State.APPROVED
    assert entry.facts == (Fact("approved", ("Ada", "Example"), entry.digest()),)
    other = parse_catalog(catalog.to_bytes().replace(b"Ich blieb.", b"Ich ging."))
    assert entry_of(other, "I never left.").state is State.TRANSLATED


def test_a_second_approval_replaces_the_first() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.translate(entry, "Ich blieb.")
    catalog.approve(entry, "ada")
    catalog.approve(entry, "ben")
    assert [fact.args for fact in entry.facts] == [("ben",)]


@pytest.mark.parametrize("msgid", ["I never left.", "I came in spring."])
def test_what_is_not_translated_cannot_be_approved(msgid: str) -> None:
    catalog = talk()
    with pytest.raises(LocalesError, match="confirm its translation"):
        catalog.approve(entry_of(catalog, msgid), "ada")
    assert catalog.changed is False


def test_an_approval_needs_a_name() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.translate(entry, "x")
    with pytest.raises(ValueError, match="name"):
        catalog.approve(entry, " ")


def bead(catalog: Catalog) -> tuple[Entry, Entry]:
    """Two sources whose one translation stands at the first."""
    head, rest = entry_of(catalog, "I came in spring."), entry_of(catalog, "I never left.")
    digest = fact_digest([(head.msgid, "Ich kam und blieb."), (rest.msgid, WORD_JOINER)])
    catalog.translate(head, "Ich kam und blieb.", facts=[Fact("align", ("0.9", "2:1"), digest)])
    catalog.translate(rest, WORD_JOINER, facts=[Fact("cont", (), digest)])
    return head, rest


def test_a_linked_entry_is_told_by_its_fact_and_its_word_joiner() -> None:
    catalog = talk()
    head, rest = bead(catalog)
    assert (head.link, rest.link) == (None, "cont")
    assert rest.facts[0].digest == bead_digest([head, rest])
    catalog.translate(rest, WORD_JOINER)
    assert rest.link is None
    catalog.translate(rest, "x", facts=[Fact("omit", (), rest.digest())])
    assert rest.link is None


def test_a_bead_is_approved_as_a_whole() -> None:
    catalog = talk()
    entries = bead(catalog)
    assert bead_state(entries) is State.TRANSLATED
    catalog.approve(entries[0], "ada", bead=entries)
    assert bead_state(entries) is State.TRANSLATED
    catalog.approve(entries[1], "ada", bead=entries)
    assert bead_state(entries) is State.APPROVED
    assert entries[1].link == "cont"
    catalog.translate(entries[0], "Ich kam und ging.", facts=entries[0].facts)
    assert bead_state(entries) is State.TRANSLATED


def test_a_bead_has_the_state_of_its_lowest_member() -> None:
    catalog = talk()
    head, rest = bead(catalog)
    catalog.translate(rest, WORD_JOINER, state=State.DRAFT)
    assert bead_state([head, rest]) is State.DRAFT
    catalog.translate(head, "")
    assert bead_state([head, rest]) is State.UNTRANSLATED
    assert State.UNTRANSLATED < State.DRAFT < State.TRANSLATED < State.APPROVED


@needs_gettext
def test_facts_are_void_after_the_edit_of_another_tool(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    catalog = talk()
    head, rest = bead(catalog)
    for entry in (head, rest):
        catalog.approve(entry, "ada", bead=(head, rest))
    catalog.save(path)
    # A tool that only writes anew what it read leaves every fact standing and valid ...
    subprocess.run(["msgcat", "-o", path, path], check=True)
    entries = list(read_catalog(path))[:2]
    assert bead_state(entries) is State.APPROVED
    assert entries[1].link == "cont"
    # ... and one that changes a text voids them all.
    file = polib.pofile(str(path))
    file[0].msgstr += " Ja."
    file.save()
    entries = list(read_catalog(path))[:2]
    assert bead_state(entries) is State.TRANSLATED
    assert {fact.digest for entry in entries for fact in entry.facts} != {bead_digest(entries)}


def test_plural_forms_are_given_by_index() -> None:
    catalog = talk()
    entry = entry_of(catalog, "a day")
    assert entry.state is State.UNTRANSLATED
    catalog.translate(entry, "1 Tag", plural={1: "Tage"})
    assert entry.msgstr_plural == {0: "1 Tag", 1: "Tage"}
    assert entry.state is State.TRANSLATED
    catalog.translate(entry, "ein Tag")
    assert changed_lines(catalog) == (['msgstr[1] ""'], ['msgstr[1] "Tage"'])


def test_a_form_that_stays_keeps_its_wrapping() -> None:
    forms = '\n\tmsgstr[0] ""\n"ein "\n"Tag"\nmsgstr[1] ""'
    catalog = parse_catalog((HEADER + 'msgid "a day"\nmsgid_plural "days"' + forms).encode())
    [entry] = catalog
    catalog.translate(entry, "ein Tag", plural={1: "Tage"})
    assert entry.raw.endswith('\n\tmsgstr[0] ""\n"ein "\n"Tag"\nmsgstr[1] "Tage"\n')
    catalog.translate(entry, "Tag")
    assert entry.raw.endswith('\nmsgstr[0] "Tag"\nmsgstr[1] "Tage"\n')


def test_a_plural_form_the_header_does_not_have_is_refused() -> None:
    catalog = talk()
    with pytest.raises(ValueError, match="forms 0 to 1"):
        catalog.translate(entry_of(catalog, "a day"), "x", plural={2: "y"})
    with pytest.raises(ValueError, match="no plural"):
        catalog.translate(entry_of(catalog, "I never left."), "x", plural={1: "y"})


def test_a_comment_goes_below_the_others() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I came in spring.")
    catalog.comment(entry, "ben: 42.\n\nSee page 7. ")
    assert changed_lines(catalog) == ([], ["# ben: 42.", "#", "# See page 7."])
    assert entry.comments == ("ada: 40 or 42 years?", "ben: 42.", "", "See page 7.")


def test_a_comment_cannot_forge_a_fact() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    with pytest.raises(ValueError, match="cannot be written as one comment line"):
        catalog.comment(entry, f"hx: approved ada {entry.digest()}")
    assert catalog.changed is False


@pytest.mark.parametrize("text", [". a", ": a", ", fuzzy", "| msgid", "~ a", "#", "  indented", 'msgid "a"'])
def test_a_comment_stays_a_comment_whatever_it_begins_with(text: str) -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.comment(entry, text)
    again = entry_of(parse_catalog(catalog.to_bytes()), "I never left.")
    assert again.comments == (text,)
    assert again.fields() == entry.fields()


def test_a_comment_that_ends_in_a_backslash_does_not_swallow_the_next_line() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    catalog.comment(entry, "in C:\\")
    assert changed_lines(catalog)[1] == ["# in C:\\ "]
    assert entry.comments == ("in C:\\",)


def test_an_edit_uses_the_ends_of_line_of_its_file() -> None:
    before = TALK.replace("\n", "\r\n")
    catalog = parse_catalog(before.encode())
    entry = entry_of(catalog, "I never left.")
    catalog.translate(entry, "a\nb", state=State.DRAFT)
    catalog.comment(entry, "c")
    catalog.arrange([*catalog, new_entry(msgid="new", comments=("d",))])
    text = catalog.to_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    assert entry.msgstr == "a\nb"


def test_an_obsolete_entry_stays_obsolete_when_it_is_translated() -> None:
    catalog = talk()
    catalog.translate(entry_of(catalog, "Gone."), "Weg\nda.")
    assert changed_lines(catalog)[1] == ['#~ msgstr ""', r'#~ "Weg\n"', '#~ "da."']


def test_an_entry_cannot_be_changed_but_by_its_catalog() -> None:
    catalog = talk()
    entry = entry_of(catalog, "I never left.")
    with pytest.raises(AttributeError):
        entry.msgstr = "x"  # type: ignore[misc]
    for foreign in (new_entry(msgid="I never left."), entry.replace(msgstr="x"), catalog.header_entry):
        assert foreign is not None
        with pytest.raises(ValueError, match="not an entry of this catalog"):
            catalog.translate(foreign, "x")


def test_a_text_with_nul_is_refused() -> None:
    catalog = talk()
    with pytest.raises(ValueError, match="NUL"):
        catalog.translate(entry_of(catalog, "I never left."), "a\0b")


def test_replace_keeps_the_lines_of_all_other_fields() -> None:
    entry = entry_of(talk(), "I came in spring.")
    other = entry.replace(references=("talk.txt#b7.1", "my talk.txt#b1"), extracted=("heading", "level 2"))
    assert other.raw == entry.raw.replace("#. turn\n", "#. heading\n#. level 2\n").replace(
        "#: talk.txt#b1.1", "#: talk.txt#b7.1 \u2068my talk.txt#b1\u2069"
    )
    assert other.references == ("talk.txt#b7.1", "my talk.txt#b1")


def test_an_entry_goes_to_the_obsolete_ones_and_comes_back() -> None:
    entry = entry_of(talk(), "I came in spring.")
    assert entry.raw.startswith("\n# ada")
    gone = entry.replace(obsolete=True, references=(), extracted=())
    assert gone.raw == (
        "\n# ada: 40 or 42 years?\n#, fuzzy, no-wrap\n#~| msgid \"I came.\"\n"
        '#~ msgid "I came in spring."\n#~ msgstr "Ich kam."\n'
    )  # fmt: skip
    back = gone.replace(obsolete=False)
    assert back.raw == gone.raw.replace("#~ ", "").replace("#~|", "#|")


def test_a_field_can_be_added_and_taken_away() -> None:
    entry = entry_of(talk(), "I never left.")
    full = entry.replace(msgctxt="a\nb", previous_msgctxt="c", previous_msgid="d\ne", comments=("x",), flags=("y", "z"))
    assert full.raw == (
        '\n# x\n#. turn\n#: talk.txt#b1.2\n#, y, z\n#| msgctxt "c"\n#| msgid ""\n#| "d\\n"\n#| "e"\n'
        'msgctxt ""\n"a\\n"\n"b"\nmsgid "I never left."\nmsgstr ""\n'
    )
    bare = full.replace(msgctxt=None, previous_msgctxt=None, previous_msgid=None, comments=(), flags=())
    assert bare.raw == entry.raw


@pytest.mark.parametrize(
    "fields",
    [
        *({"comments": ("a\nb",)}, {"comments": ("a\0",)}, {"extracted": ("a\rb",)}, {"extracted": ("\4",)}),
        *({"references": ("",)}, {"references": ("a\u2069",)}, {"references": ("a\nb",)}),
        *({"flags": ("a,b",)}, {"flags": (" a",)}, {"flags": ("",)}, {"previous_msgctxt": "a"}),
        *({"msgid": "a\0"}, {"msgstr": "\4"}, {"msgstr_plural": {0: "x"}}),
        *({"msgid_plural": "s", "msgstr_plural": {1: "x"}}, {"msgid_plural": "s", "msgstr_plural": {}}),
    ],
)
def test_what_could_not_be_read_back_is_refused(fields: Fields) -> None:
    blank: Fields = {"msgid": "a"}
    with pytest.raises(ValueError, match=r"cannot|needs|do not fit"):
        new_entry(**{**blank, **fields})


def test_an_entry_needs_a_msgid() -> None:
    with pytest.raises(ValueError, match="msgid"):
        new_entry(msgstr="a")


def test_a_new_order_keeps_the_lines_of_every_entry() -> None:
    catalog = talk()
    first, second, third, gone = catalog
    texts = {entry: entry.raw.strip("\n") for entry in catalog}
    catalog.arrange([third, new_entry(msgid="new", references=("talk.txt#b9",)), first, second, gone])
    blocks = catalog.to_bytes().decode().split("\n\n")
    assert blocks[1:] == [
        texts[third],
        '#: talk.txt#b9\nmsgid "new"\nmsgstr ""',
        texts[first],
        texts[second],
        texts[gone] + "\n",
    ]
    assert [entry.msgid for entry in catalog] == ["a day", "new", "I came in spring.", "I never left.", "Gone."]
    found = catalog.find_reference("talk.txt#b9")
    assert found is not None
    assert found.line == catalog.to_bytes().decode().split("\n").index('msgid "new"') + 1


def test_entries_are_parted_by_a_blank_line_wherever_they_go() -> None:
    dense = HEADER.strip("\n") + '\nmsgid "a"\nmsgstr ""\nmsgid "b"\nmsgstr ""'
    catalog = parse_catalog(dense.encode())
    first, second = catalog
    catalog.arrange([second, first])
    assert catalog.to_bytes().decode() == HEADER + 'msgid "b"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n'


def test_a_header_in_another_place_goes_to_the_front() -> None:
    catalog = parse_catalog(('msgid "a"\nmsgstr ""\n\n' + HEADER).encode())
    catalog.arrange(catalog)
    assert catalog.to_bytes().decode() == HEADER + 'msgid "a"\nmsgstr ""\n\n'


def test_entries_that_are_not_named_are_gone() -> None:
    catalog = talk()
    first, *others = catalog
    catalog.arrange(others)
    assert catalog.get(first.msgid) is None
    with pytest.raises(ValueError, match="not an entry"):
        catalog.translate(first, "x")


def test_two_entries_of_the_same_key_cannot_be_arranged() -> None:
    catalog = talk()
    with pytest.raises(ValueError, match="two entries"):
        catalog.arrange([*catalog, new_entry(msgid="Gone.")])
    assert catalog.changed is False


def test_a_plural_entry_of_a_template_gets_the_forms_of_the_language() -> None:
    catalog = new_catalog("ru", [new_entry(msgid="a day", msgid_plural="days")])
    [entry] = catalog
    assert entry.msgstr_plural == {0: "", 1: "", 2: ""}
    translated = new_entry(msgid="b", msgid_plural="bs", msgstr_plural={0: "x", 1: "y"})
    with pytest.raises(ValueError, match="2 forms where Plural-Forms has 3"):
        catalog.arrange([translated])


def test_an_entry_of_another_catalog_is_copied_in() -> None:
    source = parse_catalog(TALK.encode())
    target = new_catalog("de", source)
    assert [entry.fields() for entry in target] == [entry.fields() for entry in source]
    target.translate(entry_of(target, "I never left."), "x")
    assert entry_of(source, "I never left.").msgstr == ""


def test_a_new_catalog_has_a_header_and_nothing_of_the_clock() -> None:
    fields = {"Project-Id-Version": "talk", "PO-Revision-Date": "2024-05-01 12:00+0000", "X-Own": "1"}
    catalog = new_catalog("pt-BR", [new_entry(msgid="a")], header=fields, comments=["Team."])
    assert catalog.to_bytes().decode() == (
        '# Team.\nmsgid ""\nmsgstr ""\n"Project-Id-Version: talk\\n"\n"PO-Revision-Date: 2024-05-01 12:00+0000\\n"\n'
        '"Language: pt_BR\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n"X-Own: 1\\n"\n\n'
        'msgid "a"\nmsgstr ""\n'
    )


def test_a_new_template_has_no_language() -> None:
    template = new_catalog("en", template=True)
    assert list(template.header) == ["MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    assert template.header_entry is not None
    assert template.header_entry.flags == ("fuzzy",)


def test_saving_writes_once_and_only_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_bytes(TALK.encode())
    catalog = read_catalog(path)
    assert catalog.save() is False
    catalog.translate(entry_of(catalog, "I never left."), "x")
    assert catalog.save() is True
    assert catalog.save() is False
    assert path.read_bytes() == catalog.to_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_catalog_lives_where_it_is_saved_first(tmp_path: Path) -> None:
    catalog = new_catalog("de", [new_entry(msgid="a")])
    with pytest.raises(ValueError, match="no path"):
        catalog.save()
    assert catalog.save(tmp_path / "de.po") is True
    assert catalog.path == tmp_path / "de.po"
    assert catalog.save(tmp_path / "copy.po") is True
    assert catalog.path == tmp_path / "de.po"
    assert read_catalog(tmp_path / "copy.po").to_bytes() == catalog.to_bytes()


def test_a_character_the_charset_does_not_have_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    data = (HEADER.replace("UTF-8", "ISO-8859-1") + 'msgid "for"\nmsgstr "für"\n').encode("latin-1")
    path.write_bytes(data)
    catalog = read_catalog(path)
    catalog.translate(entry_of(catalog, "for"), "für Ж")
    with pytest.raises(UnencodableError, match=r"de\.po:7: iso8859-1 cannot hold 'Ж' \(U\+0416\); convert") as caught:
        catalog.save()
    assert isinstance(caught.value, CatalogError)
    assert caught.value.msgid == "for"
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_half_a_character_is_refused_in_utf_8_too() -> None:
    catalog = talk()
    catalog.translate(entry_of(catalog, "I never left."), "\ud83d")
    with pytest.raises(UnencodableError, match="half of a character"):
        catalog.to_bytes()


@needs_gettext
def test_new_strings_are_written_as_msgcat_writes_them(tmp_path: Path) -> None:
    texts = [
        "a",
        "a\n",
        "\n",
        "\na",
        "a\nb",
        "a\n\n",
        " a ",
        'tab\tq"b\\ \a\b\f\v\r',
        "long " * 60,
        "\x1b",
        "ä\u2028\x85",
    ]
    entries = [new_entry(msgid=f"{number}{text}", msgstr=text, msgctxt=text) for number, text in enumerate(texts)]
    entries += [new_entry(msgid="r", references=("my talk.txt#b1", "x:1"), extracted=("e",), comments=("c", ""))]
    entries += [new_entry(msgid="f", msgstr="%s", flags=("fuzzy", "python-format"))]
    entries += [new_entry(msgid="o", msgstr="a\nb", obsolete=True, previous_msgid="p\nq", flags=("fuzzy",))]
    path = tmp_path / "a.po"
    catalog = new_catalog("de", entries)
    catalog.save(path)
    assert subprocess.run(["msgcat", "--no-wrap", path], check=True, capture_output=True).stdout == catalog.to_bytes()
