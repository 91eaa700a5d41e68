"""Merging three versions of a catalog: who wins, what is kept, and that the sides can be exchanged."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locales import (
    WORD_JOINER,
    Catalog,
    Entry,
    Fact,
    Fields,
    State,
    bead_digest,
    fact_digest,
    new_catalog,
    new_entry,
    parse_catalog,
)
from locales.beads import beads
from locales.merge import Merged, merge_catalogs
from locales.threeway import merge_items, merge_order

needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")

GERMAN = {
    "Language": "de",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
    "PO-Revision-Date": "2025-03-01 10:00+0100",
    "Last-Translator": "Ada <ada@example.org>",
}


def catalog(*entries: Fields, header: dict[str, str] | None = None) -> Catalog:
    made = new_catalog("de", [new_entry(**entry) for entry in entries], header={**GERMAN, **(header or {})})
    return parse_catalog(made.to_bytes())


def say(msgid: str, msgstr: str = "", **others: object) -> Fields:
    return {"msgid": msgid, "msgstr": msgstr, **others}  # type: ignore[typeddict-item, return-value]


def bead(*pairs: tuple[str, str], flags: tuple[str, ...] = (), score: str = "") -> list[Fields]:
    """Make the entries of one bead: the first has the translation, the others continue it."""
    digest = fact_digest(pairs)
    heads = (Fact("align", (score, f"{len(pairs)}:1"), digest),) if score else ()
    return [
        say(source, target, flags=flags, facts=heads if place == 0 else (Fact("cont", (), digest),))
        for place, (source, target) in enumerate(pairs)
    ]


def merge(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """Merge both ways round, and return the one result."""
    merged, mirrored = merge_catalogs(base, ours, theirs), merge_catalogs(base, theirs, ours)
    assert merged.catalog.to_bytes() == mirrored.catalog.to_bytes()
    assert merged.conflicts == mirrored.conflicts
    return merged


def entry(merged: Merged, msgid: str, msgctxt: str | None = None) -> Entry:
    found = merged.catalog.get(msgid, msgctxt)
    assert found is not None
    return found


def sources(merged: Merged) -> list[str]:
    return [each.msgid for each in merged.catalog]


SPRING, LEFT, HOUSE = "I came in spring.", "I never left.", "The house is blue."
BASE = catalog(say(SPRING, "Ich kam im Frühling."), say(LEFT), say(HOUSE, "Das Haus ist blau.", flags=("fuzzy",)))


def changed(*changes: Fields, base: Catalog = BASE, header: dict[str, str] | None = None) -> Catalog:
    """Return the base with some entries replaced by what they are now; what is new goes to the end."""
    new = {(each.get("msgctxt"), each["msgid"]): each for each in changes}
    fields = [new.pop(each.key, each.fields()) for each in base]
    return catalog(*fields, *new.values(), header=header)


def without(*msgids: str) -> Catalog:
    return catalog(*(each.fields() for each in BASE if each.msgid not in msgids))


def test_changes_to_different_entries_are_both_there() -> None:
    merged = merge(BASE, changed(say(SPRING, "Im Frühling kam ich.")), changed(say(LEFT, "Ich blieb.")))
    assert not merged.conflicts
    assert [each.msgstr for each in merged.catalog] == ["Im Frühling kam ich.", "Ich blieb.", "Das Haus ist blau."]


def test_a_change_on_one_side_brings_its_lines_as_they_are_written() -> None:
    wrapped = BASE.to_bytes().replace(b'msgstr "Ich kam im Fr', b'msgstr ""\n"Ich "\n"kam gern im Fr')
    theirs = changed(say(LEFT, "Ich blieb."))
    merged = merge(BASE, parse_catalog(wrapped), theirs)
    assert b'msgstr ""\n"Ich "\n"kam gern im Fr' in merged.catalog.to_bytes()
    assert merged.catalog.to_bytes() == wrapped.replace(b'left."\nmsgstr ""', b'left."\nmsgstr "Ich blieb."')


def test_the_same_change_on_both_sides_is_one_change() -> None:
    side = changed(say(LEFT, "Ich blieb."))
    other = changed(say(LEFT, "Ich blieb."), say("New.", "Neu."))
    merged = merge(BASE, side, other)
    assert not merged.conflicts
    assert merged.catalog.to_bytes() == other.to_bytes()


def test_different_fields_of_one_entry_are_merged_field_by_field() -> None:
    ours = changed(say(SPRING, "Im Frühling kam ich.", comments=("ada: better?",)))
    theirs = changed(say(SPRING, "Ich kam im Frühling.", references=("talk.txt#b1.1",), comments=("ben: which year?",)))
    merged = merge(BASE, ours, theirs)
    assert not merged.conflicts
    found = entry(merged, SPRING)
    assert found.msgstr == "Im Frühling kam ich."
    assert found.references == ("talk.txt#b1.1",)
    assert sorted(found.comments) == ["ada: better?", "ben: which year?"]


def test_a_comment_that_one_side_deleted_is_gone() -> None:
    base = catalog(say(LEFT, comments=("one", "two")))
    merged = merge(base, catalog(say(LEFT, comments=("two",))), catalog(say(LEFT, comments=("one", "two", "three"))))
    assert entry(merged, LEFT).comments == ("two", "three")


def test_two_translations_are_both_kept_as_a_draft_with_a_note() -> None:
    merged = merge(BASE, changed(say(LEFT, "Ich ging nie.")), changed(say(LEFT, "Ich blieb.")))
    found = entry(merged, LEFT)
    assert found.msgstr == "Ich blieb.\nIch ging nie."
    assert found.state is State.DRAFT
    assert [note for note in found.comments if "two translations" in note and "line 2" in note]
    (conflict,) = merged.conflicts
    assert (conflict.keys, conflict.line, conflict.msgid) == (((None, LEFT),), found.line, LEFT)


def test_a_text_that_was_edited_and_the_old_one_that_was_confirmed_conflict() -> None:
    merged = merge(
        BASE, changed(say(HOUSE, "Blau ist das Haus.", flags=("fuzzy",))), changed(say(HOUSE, "Das Haus ist blau."))
    )
    assert len(merged.conflicts) == 1
    assert entry(merged, HOUSE).msgstr == "Blau ist das Haus.\nDas Haus ist blau."
    assert entry(merged, HOUSE).state is State.DRAFT


def test_a_confirmed_draft_and_a_comment_are_both_there() -> None:
    ours, theirs = say(HOUSE, "Das Haus ist blau."), say(HOUSE, "Das Haus ist blau.", flags=("fuzzy",), comments=("?",))
    merged = merge(BASE, changed(ours), changed(theirs))
    assert not merged.conflicts
    assert (entry(merged, HOUSE).state, entry(merged, HOUSE).comments) == (State.TRANSLATED, ("?",))


def approved(msgid: str, msgstr: str, who: str) -> Fields:
    return say(msgid, msgstr, facts=(Fact("approved", (who,), fact_digest([(msgid, msgstr)])),))


def test_two_approvals_of_one_text_stand_side_by_side() -> None:
    text = "Ich kam im Frühling."
    merged = merge(BASE, changed(approved(SPRING, text, "ada")), changed(approved(SPRING, text, "ben")))
    assert not merged.conflicts
    assert entry(merged, SPRING).state is State.APPROVED
    assert {fact.args for fact in entry(merged, SPRING).facts} == {("ada",), ("ben",)}


def test_a_rejection_outlives_an_approval_also_once_the_draft_is_confirmed() -> None:
    text = "Ich kam im Frühling."
    merged = merge(BASE, changed(approved(SPRING, text, "ada")), changed(say(SPRING, text, flags=("fuzzy",))))
    assert not merged.conflicts
    found = entry(merged, SPRING)
    assert found.state is State.DRAFT
    assert found.replace(flags=()).state is State.TRANSLATED


def test_an_approval_of_a_text_that_the_other_side_changed_is_not_carried_to_the_new_text() -> None:
    ours, theirs = approved(SPRING, "Ich kam im Frühling.", "ada"), say(SPRING, "Im Frühling kam ich.")
    merged = merge(BASE, changed(ours), changed(theirs))
    assert len(merged.conflicts) == 1
    assert entry(merged, SPRING).state is State.DRAFT
    assert not entry(merged, SPRING).facts


def test_the_same_entry_added_on_both_sides_is_one_entry_with_the_lower_state() -> None:
    ours, theirs = changed(say("New.", "Neu.")), changed(say("New.", "Neu.", flags=("fuzzy",), comments=("sure?",)))
    merged = merge(BASE, ours, theirs)
    assert not merged.conflicts
    assert (entry(merged, "New.").state, entry(merged, "New.").comments) == (State.DRAFT, ("sure?",))


def test_an_entry_added_on_both_sides_takes_the_one_translation_there_is() -> None:
    merged = merge(BASE, changed(say("New.")), changed(say("New.", "Neu.")))
    assert not merged.conflicts
    assert entry(merged, "New.").msgstr == "Neu."


def test_different_translations_of_an_added_entry_are_both_kept() -> None:
    merged = merge(BASE, changed(say("New.", "Neu.")), changed(say("New.", "Ganz neu.")))
    assert len(merged.conflicts) == 1
    assert entry(merged, "New.").msgstr == "Ganz neu.\nNeu."


def test_an_entry_deleted_on_one_side_and_unchanged_on_the_other_is_gone() -> None:
    merged = merge(BASE, without(SPRING), changed(say(LEFT, "Ich blieb.")))
    assert not merged.conflicts
    assert sources(merged) == [LEFT, HOUSE]


def test_an_entry_that_became_obsolete_on_one_side_is_obsolete_with_the_other_sides_edit() -> None:
    ours = changed(say(SPRING, "Ich kam im Frühling.", obsolete=True))
    theirs = changed(say(SPRING, "Im Frühling kam ich."))
    merged = merge(BASE, ours, theirs)
    assert not merged.conflicts
    assert (entry(merged, SPRING).obsolete, entry(merged, SPRING).msgstr) == (True, "Im Frühling kam ich.")


def test_an_entry_deleted_on_one_side_and_translated_on_the_other_is_kept_as_obsolete_at_the_end() -> None:
    merged = merge(BASE, without(LEFT), changed(say(LEFT, "Ich blieb.")))
    assert not merged.conflicts
    assert sources(merged) == [SPRING, HOUSE, LEFT]
    assert (entry(merged, LEFT).obsolete, entry(merged, LEFT).msgstr) == (True, "Ich blieb.")


def test_an_entry_deleted_on_one_side_that_only_moved_in_the_source_of_the_other_is_gone() -> None:
    merged = merge(BASE, without(LEFT), changed(say(LEFT, references=("talk.txt#b2.1",))))
    assert LEFT not in sources(merged)


def test_an_emptied_translation_gives_way_to_an_edited_one() -> None:
    merged = merge(BASE, changed(say(SPRING)), changed(say(SPRING, "Im Frühling kam ich.")))
    assert not merged.conflicts
    assert entry(merged, SPRING).msgstr == "Im Frühling kam ich."


def proposal(msgid: str, msgstr: str, score: str) -> Fields:
    facts = (Fact("align", (score, "1:1"), fact_digest([(msgid, msgstr)])),)
    return say(msgid, msgstr, flags=("fuzzy",), facts=facts)


def test_the_untouched_draft_of_a_machine_gives_way_to_the_work_of_a_person() -> None:
    merged = merge(BASE, changed(proposal(LEFT, "Nie ging ich.", "0.99")), changed(say(LEFT, "Ich blieb.")))
    assert not merged.conflicts
    assert (entry(merged, LEFT).msgstr, entry(merged, LEFT).state) == ("Ich blieb.", State.TRANSLATED)


def test_of_two_drafts_of_machines_the_more_confident_stays_with_its_fact() -> None:
    merged = merge(
        BASE, changed(proposal(LEFT, "Nie ging ich.", "0.71")), changed(proposal(LEFT, "Ich blieb.", "0.94"))
    )
    assert not merged.conflicts
    assert [fact.args for fact in entry(merged, LEFT).facts] == [("0.94", "1:1")]


def test_a_machines_draft_that_a_person_edited_is_the_work_of_a_person() -> None:
    edited = {**proposal(LEFT, "Nie ging ich.", "0.71"), "msgstr": "Niemals ging ich."}
    merged = merge(BASE, changed(edited), changed(say(LEFT, "Ich blieb.")))  # type: ignore[arg-type]
    assert len(merged.conflicts) == 1


def test_a_third_translation_joins_a_conflict_that_nobody_settled() -> None:
    first = merge(BASE, changed(say(LEFT, "B.")), changed(say(LEFT, "C."))).catalog
    merged = merge(BASE, first, changed(say(LEFT, "A.")))
    assert entry(merged, LEFT).msgstr == "A.\nB.\nC."


# Beads


TWO = [(SPRING, "Ich kam im Frühling und blieb."), (LEFT, WORD_JOINER)]
BEAD = catalog(*bead(*TWO), say(HOUSE))


def valid_beads(found: Catalog) -> list[tuple[str, ...]]:
    return [tuple(each.msgid for each in group) for group in beads(found) if len(group) > 1]


def test_a_bead_that_one_side_changed_is_taken_whole() -> None:
    new = [(SPRING, "Im Frühling kam ich und blieb."), (LEFT, WORD_JOINER)]
    theirs = catalog(*bead(*TWO), say(HOUSE, "Das Haus ist blau."))
    merged = merge(BEAD, catalog(*bead(*new), say(HOUSE)), theirs)
    assert not merged.conflicts
    assert valid_beads(merged.catalog) == [(SPRING, LEFT)]
    assert [each.msgstr for each in merged.catalog] == [new[0][1], WORD_JOINER, "Das Haus ist blau."]


def test_a_comment_on_a_continuation_does_not_touch_the_bead() -> None:
    theirs = catalog(*bead(*TWO), say(HOUSE))
    theirs.comment(list(theirs)[1], "ben: years later?")
    new = [(SPRING, "Im Frühling kam ich und blieb."), (LEFT, WORD_JOINER)]
    merged = merge(BEAD, catalog(*bead(*new), say(HOUSE)), theirs)
    assert not merged.conflicts
    assert valid_beads(merged.catalog) == [(SPRING, LEFT)]
    assert entry(merged, LEFT).comments == ("ben: years later?",)


def test_a_bead_changed_on_both_sides_is_one_conflict_and_stays_a_bead() -> None:
    ours = catalog(*bead((SPRING, "B."), (LEFT, WORD_JOINER)), say(HOUSE))
    theirs = catalog(*bead((SPRING, "A."), (LEFT, WORD_JOINER)), say(HOUSE))
    merged = merge(BEAD, ours, theirs)
    assert [conflict.keys for conflict in merged.conflicts] == [((None, SPRING), (None, LEFT))]
    assert valid_beads(merged.catalog) == [(SPRING, LEFT)]
    assert entry(merged, SPRING).msgstr == "A.\nB."
    assert {each.state for each in list(merged.catalog)[:2]} == {State.DRAFT}


def test_a_bead_taken_apart_on_one_side_and_edited_on_the_other_keeps_every_text_and_no_fact() -> None:
    ours = catalog(say(SPRING, "Ich kam im Frühling."), say(LEFT, "Ich blieb."), say(HOUSE))
    theirs = catalog(*bead((SPRING, "Im Frühling kam ich und blieb."), (LEFT, WORD_JOINER)), say(HOUSE))
    merged = merge(BEAD, ours, theirs)
    assert [conflict.keys for conflict in merged.conflicts] == [((None, SPRING), (None, LEFT))]
    assert entry(merged, SPRING).msgstr == "Ich kam im Frühling.\nIm Frühling kam ich und blieb."
    assert entry(merged, LEFT).msgstr == "Ich blieb."
    assert not any(each.facts for each in merged.catalog)
    assert {each.state for each in list(merged.catalog)[:2]} == {State.DRAFT}


def test_sentences_joined_on_one_side_and_edited_on_the_other_conflict_as_one_bead() -> None:
    base = catalog(say(SPRING, "Ich kam im Frühling."), say(LEFT, "Ich blieb."))
    ours = catalog(*bead(*TWO))
    theirs = catalog(say(SPRING, "Ich kam im Frühling."), say(LEFT, "Ich ging nie."))
    merged = merge(base, ours, theirs)
    assert [conflict.keys for conflict in merged.conflicts] == [((None, SPRING), (None, LEFT))]
    assert (entry(merged, SPRING).msgstr, entry(merged, LEFT).msgstr) == (TWO[0][1], "Ich ging nie.")
    assert {each.state for each in merged.catalog} == {State.DRAFT}


def test_an_omission_and_a_translation_leave_the_translation_as_a_draft() -> None:
    base = catalog(say(LEFT))
    omitted = say(LEFT, WORD_JOINER, facts=(Fact("omit", (), fact_digest([(LEFT, WORD_JOINER)])),))
    merged = merge(base, catalog(omitted), catalog(say(LEFT, "Ich blieb.")))
    assert len(merged.conflicts) == 1
    assert (entry(merged, LEFT).msgstr, entry(merged, LEFT).state) == ("Ich blieb.", State.DRAFT)


def test_a_new_entry_does_not_come_between_the_entries_of_a_new_bead() -> None:
    base = catalog(say(SPRING))
    ours = catalog(*bead(*TWO))
    theirs = catalog(say(SPRING), say("A cat slept.", "Eine Katze schlief."))
    merged = merge(base, ours, theirs)
    assert sources(merged) == [SPRING, LEFT, "A cat slept."]
    assert valid_beads(merged.catalog) == [(SPRING, LEFT)]


# Headers


def fields_of(merged: Merged) -> dict[str, str]:
    return dict(merged.catalog.header)


def test_header_fields_changed_on_different_sides_are_both_there() -> None:
    merged = merge(BASE, changed(header={"Language-Team": "Nord"}), changed(header={"X-Generator": "an editor"}))
    assert not merged.conflicts
    assert (fields_of(merged)["Language-Team"], fields_of(merged)["X-Generator"]) == ("Nord", "an editor")


def test_the_newer_revision_date_wins_with_its_translator_whatever_its_time_zone() -> None:
    ours = changed(header={"PO-Revision-Date": "2025-04-01 09:00+0200", "Last-Translator": "Ben", "X-Note": "ours"})
    theirs = changed(header={"PO-Revision-Date": "2025-04-01 08:30+0000", "X-Note": "theirs"})
    found = fields_of(merge(BASE, ours, theirs))
    assert found["PO-Revision-Date"] == "2025-04-01 08:30+0000"
    assert found["Last-Translator"] == GERMAN["Last-Translator"]
    assert found["X-Note"] == "theirs"


@pytest.mark.parametrize("date", ["YEAR-MO-DA HO:MI+ZONE", "2025-13-45 99:99+0000", ""])
def test_a_date_that_is_none_is_older_than_any(date: str) -> None:
    ours = changed(header={"PO-Revision-Date": date, "Last-Translator": "Nobody"})
    theirs = changed(header={"PO-Revision-Date": "2025-04-01 08:30+0000", "Last-Translator": "Ben"})
    assert fields_of(merge(BASE, ours, theirs))["Last-Translator"] == "Ben"


def test_a_field_that_one_side_deleted_is_gone() -> None:
    ours = parse_catalog(BASE.to_bytes().replace(b'"Language: de\\n"\n', b""))
    assert "Language" not in fields_of(merge(BASE, ours, changed(say(LEFT, "Ich blieb."))))


def test_a_header_that_one_side_lost_comes_back() -> None:
    ours = parse_catalog(f'msgid "{LEFT}"\nmsgstr "Ich blieb."\n'.encode())
    assert fields_of(merge(BASE, ours, changed(say(HOUSE, "Blau.")))) == dict(BASE.header)


def plural(*forms: str) -> Fields:
    return {"msgid": "a day", "msgid_plural": "days", "msgstr_plural": dict(enumerate(forms))}


RUSSIAN = {"Plural-Forms": "nplurals=3; plural=(n%10==1 ? 0 : n%10<5 ? 1 : 2);"}


def test_an_entry_gets_the_number_of_forms_that_the_merged_header_has() -> None:
    merged = merge(BASE, changed(header=RUSSIAN), changed(plural("ein Tag", "Tage")))
    found = entry(merged, "a day")
    assert found.forms() == ["ein Tag", "Tage", ""]
    assert "fuzzy" in found.flags


def test_a_form_that_the_merged_header_has_no_place_for_is_kept_as_a_comment() -> None:
    base = catalog(plural("", "", ""), header=RUSSIAN)
    merged = merge(base, catalog(plural("", "")), catalog(plural("a", "b", "c"), header=RUSSIAN))
    assert entry(merged, "a day").forms() == ["a", "b"]
    assert [comment for comment in entry(merged, "a day").comments if comment.endswith(": c")]


def test_only_the_forms_that_differ_are_kept_twice() -> None:
    base = catalog(plural("", ""))
    merged = merge(base, catalog(plural("ein Tag", "Tage")), catalog(plural("ein Tag", "die Tage")))
    assert entry(merged, "a day").forms() == ["ein Tag", "Tage\ndie Tage"]


def test_a_text_that_lacks_the_placeholder_of_a_new_format_flag_becomes_a_draft() -> None:
    base = catalog(say("%d houses", "Häuser"))
    ours = catalog(say("%d houses", "Häuser", flags=("python-format",)))
    theirs = catalog(say("%d houses", "viele Häuser"))
    assert entry(merge(base, ours, theirs), "%d houses").state is State.DRAFT


# Files


def test_new_line_ends_on_one_side_and_an_edit_on_the_other_are_both_there() -> None:
    ours = parse_catalog(BASE.to_bytes().replace(b"\n", b"\r\n"))
    theirs = changed(say(LEFT, "Ich blieb."))
    assert merge(BASE, ours, theirs).catalog.to_bytes() == theirs.to_bytes().replace(b"\n", b"\r\n")


def test_a_byte_order_mark_that_one_side_took_away_is_gone() -> None:
    base = parse_catalog(b"\xef\xbb\xbf" + BASE.to_bytes())
    theirs = parse_catalog(b"\xef\xbb\xbf" + changed(say(LEFT, "Ich blieb.")).to_bytes())
    assert merge(base, BASE, theirs).catalog.to_bytes() == theirs.to_bytes()[3:]


def test_sides_in_different_charsets_become_utf_8() -> None:
    data = BASE.to_bytes().replace(b"charset=UTF-8", b"charset=ISO-8859-1")
    old = parse_catalog(data.decode().encode("latin-1"))
    latin = parse_catalog(data.decode().replace("Das Haus", r"Gr\374n: das Haus").encode("latin-1"))
    merged = merge(old, latin, changed(say(LEFT, "Я остался.")))
    assert merged.catalog.encoding == "utf-8"
    assert merged.catalog.header["Content-Type"] == "text/plain; charset=UTF-8"
    assert [each.msgstr for each in merged.catalog] == [
        "Ich kam im Frühling.",
        "Я остался.",
        "Grün: das Haus ist blau.",
    ]


def test_files_without_a_common_ancestor_are_merged_too() -> None:
    merged = merge(parse_catalog(b""), BASE, changed(say(LEFT, "Ich blieb.")))
    assert not merged.conflicts
    assert entry(merged, LEFT).msgstr == "Ich blieb."


def test_entries_without_blank_lines_between_them_stay_so() -> None:
    compact = parse_catalog(BASE.to_bytes().replace(b"\n\n", b"\n"))
    ours = parse_catalog(compact.to_bytes().replace(b"Das Haus", b"Unser Haus"))
    theirs = parse_catalog(compact.to_bytes().replace(b"Ich kam", b"Sie kam"))
    merged = merge(compact, ours, theirs)
    assert merged.catalog.to_bytes() == ours.to_bytes().replace(b"Ich kam", b"Sie kam")


def test_a_comment_at_the_end_of_the_file_is_kept() -> None:
    ours = parse_catalog(BASE.to_bytes() + b"# the end\n")
    merged = merge(BASE, ours, changed(say(LEFT, "Ich blieb.")))
    assert merged.catalog.to_bytes().endswith(b"# the end\n")


# Order


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "axbc", "abyc", "axbyc"),
        ("abc", "ayb", "axbc", "axybc"),
        ("abc", "cab", "abxc", "cabx"),
        ("abc", "cab", "bca", "bca"),
        ("", "ab", "cb", "acb"),
        ("ab", "ab", "nab", "nab"),
    ],
)
def test_order(base: str, ours: str, theirs: str, merged: str) -> None:
    assert "".join(merge_order(base, ours, theirs)) == merged
    assert "".join(merge_order(base, theirs, ours)) == merged


LETTERS = st.lists(st.sampled_from("abcdefg"), unique=True)


@given(LETTERS, LETTERS, LETTERS)
def test_an_order_has_every_item_once_and_is_symmetric(base: list[str], ours: list[str], theirs: list[str]) -> None:
    order = merge_order(base, ours, theirs)
    assert sorted(order) == sorted({*ours, *theirs})
    assert order == merge_order(base, theirs, ours)


@given(*[st.lists(st.sampled_from("abc"), max_size=5)] * 3)
def test_items_are_merged_symmetrically_also_where_they_repeat(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    assert merge_items(base, ours, theirs) == merge_items(base, theirs, ours)
    assert merge_items(base, ours, base) == tuple(ours)


# Properties: versions of one document that three people and two machines worked on.

SENTENCES = ["One.", "Two.", "Three.", "Four.", "a day"]
TEXTS = st.sampled_from(["", "Eins.", "Zwei.", "Drei\nZeilen.", "é茶", 'sag "so"\\'])
WORDS = st.lists(st.sampled_from(["one", "two", "", "hx: lone", ", odd"]), max_size=3, unique=True).map(tuple)


@st.composite
def entries_of(draw: st.DrawFn, sentences: Sequence[str]) -> list[Fields]:
    """Draw a bead over these sentences."""
    fuzzy = ("fuzzy",) if draw(st.booleans()) else ()
    head = draw(TEXTS)
    if len(sentences) > 1 and head:
        made = bead((sentences[0], head), *((each, WORD_JOINER) for each in sentences[1:]), flags=fuzzy)
    else:
        made = [draw(single(each, fuzzy)) for each in sentences]
    for each in made:
        each["comments"] = draw(WORDS)
        each["references"] = tuple(word for word in draw(WORDS) if word.isalpha())
    if draw(st.integers(0, 3)) == 0 and head:
        pairs = [(each["msgid"], each["msgstr"]) for each in made if "msgid_plural" not in each]
        for each in made:
            each["facts"] = (*each.get("facts", ()), Fact("approved", ("ada",), fact_digest(pairs)))
    return made


@st.composite
def single(draw: st.DrawFn, msgid: str, flags: tuple[str, ...]) -> Fields:
    if msgid == "a day":
        return {**plural(draw(TEXTS), draw(TEXTS)), "flags": flags}
    text = draw(TEXTS)
    digest = fact_digest([(msgid, text)])
    facts = draw(st.sampled_from([(), (Fact("align", ("0.9", "1:1"), digest),), (Fact("omit", (), digest),)]))
    return say(msgid, text, flags=flags, facts=facts, obsolete=draw(st.sampled_from([False] * 4 + [True])))


@st.composite
def versions(draw: st.DrawFn) -> Catalog:
    order = draw(st.sampled_from([SENTENCES, SENTENCES[1:], SENTENCES[::-1], SENTENCES[:3], SENTENCES[2:]]))
    fields: list[Fields] = []
    rest = list(order)
    while rest:
        size = 1 if rest[0] == "a day" else draw(st.integers(1, 2))
        size = 1 if "a day" in rest[:size] else size
        fields += draw(entries_of(rest[:size]))
        rest = rest[size:]
    header = {"PO-Revision-Date": draw(st.sampled_from(["2025-01-01 10:00+0000", "2025-02-01 10:00+0000", ""]))}
    data = catalog(*fields, header=header | draw(st.sampled_from([{}, {"X-Extra": "1"}]))).to_bytes()
    data += draw(st.sampled_from([b"", b"# end\n"]))
    return parse_catalog(data.replace(b"\n", b"\r\n") if draw(st.integers(0, 5)) == 0 else data)


def facts_that_hold(found: Catalog) -> Iterator[tuple[str, object]]:
    for group in [*beads(found), *((each,) for each in found if each.obsolete)]:
        for each in group:
            for fact in each.facts:
                if fact.digest == bead_digest(group):
                    yield str(fact), tuple((e.msgid, tuple(e.forms())) for e in group)


@given(versions(), versions(), versions())
@settings(max_examples=150, deadline=None)
def test_a_merge_is_symmetric_valid_and_keeps_every_text(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    merged = merge(base, ours, theirs)
    assert parse_catalog(merged.catalog.to_bytes()).to_bytes() == merged.catalog.to_bytes()
    conflicts = {key for conflict in merged.conflicts for key in conflict.keys}
    assert not any(each.key in conflicts and each.state > State.DRAFT for each in merged.catalog)
    ancestors = {each.key: each.forms() for each in base}
    for side, other in ((ours, theirs), (theirs, ours)):
        for each in side:
            twin = other.get(each.msgid, each.msgctxt)
            person = not any(fact.digest == each.digest() for fact in each.facts) and "fuzzy" not in each.flags
            if person and each.forms() != ancestors.get(each.key) and twin is not None and not twin.obsolete:
                kept = merged.catalog.get(each.msgid, each.msgctxt)
                assert kept is not None
                texts = [text for text in each.forms() if text not in ("", WORD_JOINER)]
                assert all(any(text in form for form in kept.forms()) for text in texts)


@given(versions(), versions(), versions())
@settings(max_examples=150, deadline=None)
def test_a_fact_that_holds_after_a_merge_held_before_or_speaks_of_grouping_alone(
    base: Catalog, ours: Catalog, theirs: Catalog
) -> None:
    merged = merge(base, ours, theirs).catalog
    before = {*facts_that_hold(ours), *facts_that_hold(theirs)}
    for fact, texts in facts_that_hold(merged):
        assert (fact, texts) in before or fact.startswith(("hx: cont", "hx: omit"))


@given(versions(), versions())
@settings(max_examples=60, deadline=None)
def test_a_merge_with_one_changed_side_is_that_side_byte_for_byte(base: Catalog, side: Catalog) -> None:
    for ours, theirs in ((base, side), (side, base), (side, side)):
        merged = merge_catalogs(base, ours, theirs)
        assert merged.catalog.to_bytes() == side.to_bytes()
        assert not merged.conflicts


@given(versions(), st.data())
@settings(max_examples=60, deadline=None)
def test_two_people_who_work_on_different_sentences_never_conflict(base: Catalog, data: st.DataObject) -> None:
    groups = [group for group in beads(base) if len(group) == 1]
    owners = [data.draw(st.booleans()) for _ in groups]
    sides = []
    for owner in (True, False):
        side = parse_catalog(base.to_bytes())
        for group, owned in zip(groups, owners, strict=True):
            mine = side.get(group[0].msgid)
            if owned is owner and mine is not None and mine.msgid_plural is None:
                side.translate(mine, f"von {owner}: {mine.msgid}")
        sides.append(side)
    merged = merge(base, *sides)
    assert not merged.conflicts
    for group, owned in zip(groups, owners, strict=True):
        if group[0].msgid_plural is None:
            assert entry(merged, group[0].msgid).raw == entry(Merged(sides[not owned], ()), group[0].msgid).raw


@needs_gettext
@given(versions(), versions(), versions())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_msgfmt_takes_what_is_merged(tmp_path: Path, base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    path = tmp_path / "merged.po"
    path.write_bytes(merge_catalogs(base, ours, theirs).catalog.to_bytes())
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True, capture_output=True)
