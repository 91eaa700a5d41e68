"""A catalog follows its template: nothing exact is lost, nothing changed passes for finished."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locales import WORD_JOINER, Catalog, Entry, Fact, Fields, State, new_catalog, new_entry, parse_catalog
from locales.similar import ALIKE, Texts, ratio, similarity
from locales.update import Update, update_catalog

needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")

HEADER = """msgid ""
msgstr ""
"Project-Id-Version: town\\n"
"POT-Creation-Date: 2024-01-02 03:04+0000\\n"
"Last-Translator: Ada\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def catalog(*entries: str) -> Catalog:
    return parse_catalog("\n".join([HEADER, *(entry.strip("\n") + "\n" for entry in entries)]).encode())


def message(msgid: str, msgstr: str = "", lead: str = "") -> str:
    return f'{lead}msgid "{msgid}"\nmsgstr "{msgstr}"'


def live(update: Update) -> list[tuple[str, str, State]]:
    return [(entry.msgid, entry.msgstr, entry.state) for entry in update.catalog if not entry.obsolete]


def only(update: Update) -> Entry:
    (entry,) = (entry for entry in update.catalog if not entry.obsolete)
    return entry


def test_an_unchanged_message_takes_over_what_the_template_says_about_it() -> None:
    old = catalog(
        message("Close", "Schließen", "# ada: the verb\n#. old note\n#: a.py:1 b.py:2\n#, python-format\n"),
    )
    template = catalog(message("Close", "", "#. new note\n#: a.py:3\n#: b.py:4\n#, c-format\n"))
    update = update_catalog(old, template)
    assert only(update).raw.lstrip() == (
        "# ada: the verb\n#. new note\n#: a.py:3\n#: b.py:4\n#, c-format\n" + message("Close", "Schließen") + "\n"
    )
    assert update.carried == (only(update),)


def test_the_header_stays_but_for_the_date_of_the_template() -> None:
    old = catalog(message("Close", "Schließen"))
    text = old.header_text
    template = parse_catalog(HEADER.replace("2024-01-02 03:04", "2025-06-07 08:09").replace("Ada", "Bo").encode())
    assert update_catalog(old, template).catalog.header_text == text.replace("2024-01-02 03:04", "2025-06-07 08:09")


def test_a_catalog_without_a_date_takes_that_of_the_template() -> None:
    old = parse_catalog(HEADER.replace('"POT-Creation-Date: 2024-01-02 03:04+0000\\n"\n', "").encode())
    update_catalog(old, catalog())
    assert old.to_bytes() == HEADER.encode()


def test_a_changed_message_becomes_a_draft_with_its_previous_text() -> None:
    old = catalog(message("The door is open.", "Die Tür ist offen.", 'msgctxt "house"\n'))
    update = update_catalog(old, catalog(message("The door was open.")))
    entry = only(update)
    assert (entry.msgstr, entry.state) == ("Die Tür ist offen.", State.DRAFT)
    assert (entry.previous_msgctxt, entry.previous_msgid) == ("house", "The door is open.")
    assert (update.changed[0].entry, update.changed[0].previous) == (entry, "The door is open.")
    assert 0.9 < update.changed[0].similarity < 1


def test_a_draft_that_changes_again_keeps_the_text_its_translation_was_made_for() -> None:
    draft = message("The door was open.", "Die Tür ist offen.", '#, fuzzy\n#| msgid "The door is open."\n')
    entry = only(update_catalog(catalog(draft), catalog(message("The doors were open."))))
    assert entry.previous_msgid == "The door is open."


def test_a_draft_whose_old_text_comes_back_stays_a_draft_without_a_previous_text() -> None:
    draft = message("The door was open.", "Die Tür ist offen.", '#, fuzzy\n#| msgid "The door is open."\n')
    entry = only(update_catalog(catalog(draft), catalog(message("The door is open."))))
    assert (entry.msgstr, entry.state, entry.previous_msgid) == ("Die Tür ist offen.", State.DRAFT, None)


def test_an_approval_does_not_come_back_when_a_text_changes_and_changes_back() -> None:
    old = catalog(message("The door is open.", "Die Tür ist offen."))
    entry = next(iter(old))
    old.approve(entry, "ada")
    assert entry.state is State.APPROVED
    back = catalog(message("The door is open."))
    update_catalog(old, back)
    assert next(iter(old)).state is State.APPROVED
    update_catalog(old, catalog(message("The door was open.")))
    update_catalog(old, back)
    entry = next(iter(old))
    old.translate(entry, entry.msgstr, facts=entry.facts)
    assert entry.state is State.TRANSLATED


def test_a_text_that_moved_to_another_context_keeps_its_translation() -> None:
    old = catalog(message("Open", "Öffnen", 'msgctxt "menu"\n'))
    entry = only(update_catalog(old, catalog(message("Open", "", 'msgctxt "toolbar"\n'))))
    assert (entry.msgctxt, entry.msgstr, entry.state) == ("toolbar", "Öffnen", State.TRANSLATED)


def test_a_second_context_of_a_text_gets_the_translation_as_a_draft() -> None:
    old = catalog(message("Open", "Öffnen", '# ada: the verb\nmsgctxt "menu"\n'))
    template = catalog(message("Open", "", 'msgctxt "menu"\n'), message("Open", "", 'msgctxt "toolbar"\n'))
    update = update_catalog(old, template)
    assert [state for _, _, state in live(update)] == [State.TRANSLATED, State.DRAFT]
    assert [entry.comments for entry in update.catalog] == [("ada: the verb",), ()]


def test_work_without_a_text_becomes_obsolete_and_comes_back_with_its_text() -> None:
    old = catalog(message("Close", "Schließen", "# ada: the verb\n#: a.py:1\n"), message("Never translated"))
    update = update_catalog(old, catalog(message("Sing a song.")))
    assert [entry.msgid for entry in update.gone] == ["Close"]
    assert [entry.msgid for entry in update.catalog if entry.obsolete] == ["Close"]
    update = update_catalog(old, catalog(message("Close", "", "#: b.py:2\n")))
    assert [(entry.msgstr, entry.comments, entry.references) for entry in update.revived] == [
        ("Schließen", ("ada: the verb",), ("b.py:2",))
    ]


def test_live_work_comes_before_obsolete_work_of_the_same_text() -> None:
    old = catalog(message("Open", "Offen", 'msgctxt "a"\n'), '#~ msgctxt "b"\n#~ msgid "Open"\n#~ msgstr "Aufmachen"')
    assert only(update_catalog(old, catalog(message("Open")))).msgstr == "Offen"


PLURAL = 'msgid "%d door"\nmsgid_plural "%d doors"\nmsgstr[0] "%d Tür"\nmsgstr[1] "%d Türen"'
EMPTY_PLURAL = 'msgid "%d door"\nmsgid_plural "%d doors"\nmsgstr[0] ""\nmsgstr[1] ""'


def test_a_message_that_gets_a_plural_begins_with_the_translation_in_every_form() -> None:
    entry = only(update_catalog(catalog(message("%d door", "%d Tür")), catalog(EMPTY_PLURAL)))
    assert (entry.msgstr_plural, entry.state) == ({0: "%d Tür", 1: "%d Tür"}, State.DRAFT)
    assert (entry.previous_msgid, entry.previous_msgid_plural) == ("%d door", None)


def test_a_message_that_loses_its_plural_keeps_its_first_form() -> None:
    entry = only(update_catalog(catalog(PLURAL), catalog(message("%d door"))))
    assert (entry.forms(), entry.msgid_plural, entry.state) == (["%d Tür"], None, State.DRAFT)
    assert entry.previous_msgid_plural == "%d doors"


def test_a_changed_plural_makes_a_draft() -> None:
    entry = only(update_catalog(catalog(PLURAL), catalog(EMPTY_PLURAL.replace("doors", "open doors"))))
    assert (entry.forms(), entry.state) == (["%d Tür", "%d Türen"], State.DRAFT)


def test_obsolete_forms_of_another_plural_rule_come_back_as_a_draft() -> None:
    obsolete = "".join(f"#~ {line}\n" for line in PLURAL.splitlines())
    old = parse_catalog((HEADER.replace("nplurals=2", "nplurals=3") + "\n" + obsolete).encode())
    entry = only(update_catalog(old, catalog(EMPTY_PLURAL)))
    assert (entry.forms(), entry.state) == (["%d Tür", "%d Türen", "%d Türen"], State.DRAFT)


def test_a_continuation_is_never_a_translation_for_another_text() -> None:
    old = catalog(message("I never left the town.", WORD_JOINER, "# hx: cont 0123456789ab\n"))
    update = update_catalog(old, catalog(message("I never left this town.")))
    assert live(update) == [("I never left this town.", "", State.UNTRANSLATED)]
    assert not update.gone


def test_what_a_translated_template_says_is_left_out() -> None:
    template = catalog(message("Sing a song.", "Chante.", "# bo: nice\n#: a.py:1\n#, fuzzy, c-format\n"))
    entry = only(update_catalog(catalog(), template))
    assert (entry.msgstr, entry.comments, entry.flags, entry.references) == ("", (), ("c-format",), ("a.py:1",))


def test_a_changed_message_prefers_its_old_neighbour() -> None:
    old = catalog(
        message("Chapter one", "Kapitel eins"),
        message("Turn the page now", "Blättern Sie um"),
        message("Chapter two", "Kapitel zwei"),
        message("Turn the pages now", "Seiten umblättern"),
        message("End", "Ende"),
    )
    template = catalog(
        message("Chapter one"),
        message("Chapter two"),
        message("Turn the pages, now"),
        message("End"),
    )
    assert live(update_catalog(old, template))[2][1] == "Seiten umblättern"


def test_a_block_that_moved_is_found_with_its_changes() -> None:
    block = [message("First step", "Schritt 1"), message("Cut the bread.", "Brot schneiden."), message("Last", "Ende")]
    old = catalog(*block, message("Soup", "Suppe"), message("Salt", "Salz"))
    moved = ["Soup", "Salt", "First step", "Cut the breads.", "Last"]
    assert live(update_catalog(old, catalog(*map(message, moved))))[3][1] == "Brot schneiden."


def test_letters_in_the_same_order_are_no_likeness() -> None:
    assert similarity("Paid", "Price paid and due") == 0
    assert similarity("Mo", "Me") == 0


def test_crlf_catalogs_stay_crlf() -> None:
    old = parse_catalog(catalog(message("Close", "Schließen")).to_bytes().replace(b"\n", b"\r\n"))
    update_catalog(old, catalog(message("Close", "", "#: a.py:1\n"), message("Sing a song.")))
    data = old.to_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


WORDS = st.sampled_from(["open", "close", "the door", "the window", "a bread", "water", "%d", "茶", "Öl", "now."])
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@st.composite
def messages(draw: st.DrawFn) -> Fields:
    made: Fields = {
        "msgctxt": draw(st.none() | st.sampled_from(["a", "b"])),
        "msgid": draw(TEXTS),
        "msgstr": draw(st.just("") | TEXTS.map(str.upper)),
        "flags": draw(st.sampled_from([(), ("fuzzy",), ("c-format",)])),
        "obsolete": draw(st.booleans()),
        "comments": draw(st.sampled_from([(), ("ada: so?",)])),
        "references": draw(st.sampled_from([(), ("a.txt#b1.1",)])),
    }
    if draw(st.booleans()):
        made["msgid_plural"] = draw(TEXTS)
        made["msgstr_plural"] = {0: made["msgstr"], 1: draw(st.just("") | TEXTS.map(str.upper))}
    return made


def catalogs(size: int) -> st.SearchStrategy[Catalog]:
    lists = st.lists(messages(), max_size=size, unique_by=lambda made: (made["msgctxt"], made["msgid"]))
    return lists.map(lambda made: parse_catalog(new_catalog("de", [new_entry(**each) for each in made]).to_bytes()))


def translations(entries: Catalog) -> list[Fields]:
    return [entry.fields() for entry in entries if any(entry.forms())]


@given(catalogs(8), catalogs(8))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_translation_is_lost(old: Catalog, template: Catalog) -> None:
    before = translations(old)
    wanted = {entry.key: entry.msgid_plural for entry in template if not entry.obsolete}
    texts = [(msgid, plural) for (_, msgid), plural in wanted.items()]
    update = update_catalog(old, template)
    after = list(update.catalog)
    assert [entry.key for entry in after if not entry.obsolete] == list(wanted)
    for each in before:
        key = each["msgctxt"], each["msgid"]
        forms = list(each["msgstr_plural"].values()) or [each["msgstr"]]
        same = [entry for entry in after if (entry.msgid, entry.forms()) == (each["msgid"], forms)]
        if wanted.get(key, "") == each["msgid_plural"]:
            entry = update.catalog.get(each["msgid"], each["msgctxt"])
            assert entry in same
            assert ("fuzzy" in entry.flags) == ("fuzzy" in each["flags"])
        elif (each["msgid"], each["msgid_plural"]) in texts:
            assert same
        else:
            assert any(forms[0] in entry.forms() for entry in after)
    assert len(after) <= len(wanted) + len(before)


@given(catalogs(8), catalogs(8))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_update_again_changes_no_byte(old: Catalog, template: Catalog) -> None:
    before = template.to_bytes()
    data = update_catalog(old, template).catalog.to_bytes()
    assert template.to_bytes() == before
    again = update_catalog(parse_catalog(data), template)
    assert again.catalog.to_bytes() == data
    assert (again.changed, again.new, again.gone, again.revived) == ((), (), (), ())


@given(catalogs(8), catalogs(8))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_entry_has_one_fate(old: Catalog, template: Catalog) -> None:
    approved = Fact("approved", ("ada",), "0" * 12)
    for entry in old:
        if entry.state is State.TRANSLATED:
            old.translate(entry, entry.msgstr, facts=[approved])
    update = update_catalog(old, template)
    fates = [*update.carried, *update.revived, *(each.entry for each in update.changed), *update.new]
    assert sorted(entry.key[1] for entry in fates) == sorted(e.key[1] for e in update.catalog if not e.obsolete)
    assert all(entry.obsolete for entry in update.gone)
    assert set(update.origins) == set(fates) - set(update.new)
    for each in update.changed:
        assert "fuzzy" in each.entry.flags
        assert approved not in each.entry.facts


@needs_gettext
@given(catalogs(6), catalogs(6))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_msgfmt_takes_an_updated_catalog(tmp_path: Path, old: Catalog, template: Catalog) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(update_catalog(old, template).catalog.to_bytes().replace(b"c-format", b"no-c-format"))
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True, capture_output=True)


@given(st.lists(TEXTS, max_size=12), TEXTS)
def test_what_the_search_finds_is_the_most_similar_of_all(texts: list[str], text: str) -> None:
    found = Texts(texts).find(text)
    if found is not None:
        assert found.similarity == ratio(text, texts[found.place]) == max(ratio(text, other) for other in texts)
        assert found.similarity >= ALIKE


@given(TEXTS, TEXTS)
def test_one_text_is_found_where_it_is_similar(text: str, other: str) -> None:
    found = Texts([other]).find(text)
    assert (found.similarity if found else 0) == similarity(text, other)


def test_a_header_field_cannot_be_set_without_a_header() -> None:
    with pytest.raises(ValueError, match="no header"):
        parse_catalog(b"").set_header("Language", "de")
