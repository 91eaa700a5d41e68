"""Segments to entries and back: contexts, beads, and what the machine may touch."""

from locales import Catalog, State, parse_catalog
from workflow.entries import OMITTED, Bead, beads, carry_over, project_beads, segment_id, settled, template, write_bead
from workflow.records import BeadRecord

SEGMENTS = {"b1.1": "I came here in spring.", "b1.2": "I never left.", "b2.1": "Yes.", "b3.1": "Yes."}
TARGETS = {"t1": "Ich kam im Frühling und bin nie mehr gegangen.", "t2": "Ja.", "t3": "Natürlich.", "t4": "Sagt er."}
ALIGNED = (
    BeadRecord(("b1.1", "b1.2"), ("t1",), 0.91),
    BeadRecord(("b2.1",), ("t2",), 0.99),
    BeadRecord((), ("t4",), 0.8),
    BeadRecord(("b3.1",), (), 0.7),
)


def fresh(segments: dict[str, str] = SEGMENTS) -> Catalog:
    return carry_over(None, template("a.txt", "town", segments, dict.fromkeys(segments, ("para",))), "town", "de")


def offered(*records: BeadRecord) -> list[tuple[BeadRecord, str]]:
    return [(record, " ".join(TARGETS[i] for i in record.target)) for record in records]


def aligned() -> Catalog:
    catalog = fresh()
    project_beads(catalog, offered(*ALIGNED))
    return catalog


def reread(catalog: Catalog, old: str = "", new: str = "") -> Catalog:
    """Read the catalog as another editor left it."""
    return parse_catalog(catalog.to_bytes().replace(old.encode(), new.encode()) if old else catalog.to_bytes())


def by_id(catalog: Catalog) -> dict[str, Bead]:
    return {bead.ids[0]: bead for bead in beads(catalog)}


def test_only_later_occurrences_of_a_text_have_a_context() -> None:
    assert [entry.msgctxt for entry in fresh()] == [None, None, None, "b3.1"]


def test_a_context_once_given_stays_when_the_first_occurrence_goes() -> None:
    pot = template("a.txt", "town", SEGMENTS, {})
    later = {i: text for i, text in SEGMENTS.items() if i != "b2.1"} | {"b4.1": "Yes."}
    contexts = {segment_id(e): e.msgctxt for e in template("a.txt", "town", later, {}, pot)}
    assert contexts["b3.1"] == "b3.1"
    assert contexts["b4.1"] is None


def test_an_aligned_translation_becomes_a_draft_with_its_confidence() -> None:
    found = by_id(reread(aligned()))
    assert found["b1.1"].ids == ("b1.1", "b1.2")
    assert found["b1.1"].text == TARGETS["t1"]
    assert found["b1.1"].confidence == 0.91
    assert found["b2.1"].state is State.DRAFT
    assert found["b3.1"].omitted
    assert all(bead.valid for bead in found.values())


def test_the_second_sentence_of_a_merged_pair_holds_a_word_joiner() -> None:
    assert [entry.msgstr for entry in aligned()][1] == OMITTED


def test_an_edit_in_another_editor_voids_what_the_bead_said() -> None:
    found = by_id(reread(aligned(), "nie mehr gegangen", "geblieben"))
    assert not found["b1.1"].valid
    assert found["b1.1"].state is State.DRAFT
    assert found["b1.1"].confidence is None


def test_text_written_into_a_continuation_breaks_the_bead_and_loses_neither_text() -> None:
    other = reread(
        aligned(), f'msgid "I never left."\nmsgstr "{OMITTED}"', 'msgid "I never left."\nmsgstr "Ich blieb."'
    )
    found = by_id(other)
    assert (found["b1.1"].text, found["b1.2"].text) == (TARGETS["t1"], "Ich blieb.")
    assert not found["b1.1"].valid
    assert not found["b1.2"].valid


def test_a_lone_word_joiner_is_a_broken_bead() -> None:
    catalog = fresh()
    entry = next(iter(catalog))
    catalog.translate(entry, OMITTED)
    assert not by_id(catalog)["b1.1"].valid


def test_an_approval_is_void_as_soon_as_either_side_changes() -> None:
    catalog = fresh()
    (bead,) = [b for b in beads(catalog) if b.ids == ("b2.1",)]
    write_bead(catalog, bead.entries, "Ja.", State.TRANSLATED, ("approved", "ada"))
    assert by_id(reread(catalog))["b2.1"].state is State.APPROVED
    assert by_id(reread(catalog, 'msgstr "Ja."', 'msgstr "Jawohl."'))["b2.1"].state is State.TRANSLATED


def test_realigning_never_touches_what_a_person_wrote() -> None:
    catalog = aligned()
    (yes,) = [b for b in beads(catalog) if b.ids == ("b2.1",)]
    write_bead(catalog, yes.entries, "Aber ja.", State.DRAFT)
    (merged,) = [b for b in beads(catalog) if b.ids[0] == "b1.1"]
    write_bead(catalog, merged.entries, merged.text, State.TRANSLATED)
    project_beads(catalog, offered(*(BeadRecord((i,), ("t2",), 0.5) for i in SEGMENTS)))
    found = by_id(reread(catalog))
    assert found["b2.1"].text == "Aber ja."
    assert found["b1.1"].ids == ("b1.1", "b1.2")
    assert found["b3.1"].text == "Ja."


def test_a_machine_draft_goes_when_no_bead_offers_it_any_more() -> None:
    catalog = aligned()
    project_beads(catalog, [])
    assert all(bead.state is State.UNTRANSLATED for bead in beads(catalog))


def test_a_machine_draft_beside_a_person_s_text_in_one_bead_stays_and_is_no_surer_than_the_bead() -> None:
    catalog = aligned()
    (yes,) = [b for b in beads(catalog) if b.ids == ("b2.1",)]
    write_bead(catalog, yes.entries, "Aber ja.", State.TRANSLATED)
    project_beads(catalog, offered(ALIGNED[0], BeadRecord(("b2.1", "b3.1"), ("t2",), 0.6)))
    assert by_id(catalog)["b3.1"].state is State.UNTRANSLATED  # an omission, which the bead denies
    project_beads(catalog, offered(BeadRecord((*ALIGNED[0].source, "b2.1"), ("t1", "t2"), 0.6)))
    found = by_id(reread(catalog))
    assert (found["b2.1"].text, found["b2.1"].state) == ("Aber ja.", State.TRANSLATED)
    assert found["b1.1"].ids == ("b1.1", "b1.2")
    assert (found["b1.1"].text, found["b1.1"].state, found["b1.1"].confidence) == (TARGETS["t1"], State.DRAFT, 0.6)


def test_a_machine_draft_whose_own_sentences_part_does_not_stay() -> None:
    catalog = aligned()
    (yes,) = [b for b in beads(catalog) if b.ids == ("b2.1",)]
    write_bead(catalog, yes.entries, "Aber ja.", State.TRANSLATED)
    parted = BeadRecord(("b1.1",), (), 0.5), BeadRecord(("b1.2", "b2.1"), ("t1", "t2"), 0.5)
    project_beads(catalog, offered(*parted))
    found = by_id(reread(catalog))
    assert found["b1.1"].omitted
    assert (found["b1.2"].state, found["b1.2"].valid) == (State.UNTRANSLATED, True)


def test_settled_groups_are_those_a_person_confirmed() -> None:
    catalog = aligned()
    (merged,) = [b for b in beads(catalog) if b.ids[0] == "b1.1"]
    write_bead(catalog, merged.entries, merged.text, State.TRANSLATED)
    assert set(settled(catalog)) == {("b1.1", "b1.2")}


def test_work_follows_its_sentence_and_a_changed_one_becomes_a_draft_with_its_old_text() -> None:
    catalog = aligned()
    for bead in list(beads(catalog)):
        write_bead(catalog, bead.entries, bead.head.msgstr, State.TRANSLATED)
    changed = {"b0.1": "A new start.", "b1.1": "I came here in autumn.", "b1.2": "I never left.", "b3.1": "Yes."}
    after = reread(carry_over(catalog, template("a.txt", "town", changed, {}, None), "town", "de"))
    live = {segment_id(e): e for e in after if not e.obsolete}
    assert live["b0.1"].msgstr == ""
    assert live["b1.1"].previous_msgid == "I came here in spring."
    assert "fuzzy" in live["b1.1"].flags
    assert [e.msgid for e in after if e.obsolete] == ["Yes."]
    assert by_id(after)["b1.1"].ids == ("b1.1", "b1.2")
    assert by_id(after)["b1.1"].state is State.DRAFT


def test_obsolete_work_comes_back_with_its_text() -> None:
    catalog = fresh()
    (entry,) = [e for e in catalog if e.msgid == "I never left."]
    catalog.translate(entry, "Ich ging nie.")
    shorter = {i: text for i, text in SEGMENTS.items() if i != "b1.2"}
    catalog = reread(carry_over(catalog, template("a.txt", "town", shorter, {}), "town", "de"))
    longer = shorter | {"b9.1": "I never left."}
    catalog = reread(carry_over(catalog, template("a.txt", "town", longer, {}), "town", "de"))
    assert by_id(catalog)["b9.1"].text == "Ich ging nie."
    assert by_id(catalog)["b9.1"].state is State.TRANSLATED
