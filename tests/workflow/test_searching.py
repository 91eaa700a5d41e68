"""Find, replace and confirm in bulk over open catalogs."""

from collections.abc import Iterator

import pytest

from locales import State, read_catalog
from workflow import ProjectError
from workflow.decisions import Decision
from workflow.entries import OMITTED, align_origin, write_bead
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation
from workflow.project import Project
from workflow.records import BeadRecord
from workflow.searching import Replacement, carry_out, find, plan_confirmation, plan_replacement


@pytest.fixture
def catalog(letter: Project) -> Iterator[OpenCatalog]:
    found = OpenCatalog(letter, "letter.txt", "de", lambda: 1_800_000_000.0)
    yield found
    found.close()


def ids(catalog: OpenCatalog, query: str, user: str = "") -> list[str]:
    return [row.id for row in find(catalog, query, user)]


def replaced(catalog: OpenCatalog, replacement: Replacement, query: str = "") -> dict[str, Decision]:
    return {each.row.id: each.decision for each in plan_replacement([catalog], query, replacement)}


def save(catalog: OpenCatalog, row: str, text: str, user: str = "Leyla", state: State = State.TRANSLATED) -> None:
    now = catalog.row(row)
    assert now is not None
    (outcome,) = catalog.apply([Operation(f"{row}{text}", row, now.base, Decision((text,), state))], user)
    assert outcome.result == "saved"


def test_rows_are_found_in_the_order_of_the_document(catalog: OpenCatalog) -> None:
    assert ids(catalog, "") == ["a.1", "a.2", "b.1", "c.1"]
    assert ids(catalog, "e") == ["a.1", "a.2", "b.1", "c.1"]
    assert ids(catalog, "state:todo") == ["a.2", "c.1"]


def test_who_did_what_is_found(catalog: OpenCatalog) -> None:
    save(catalog, "c.1", "Bis Freitag.", "Ömer")
    save(catalog, "a.1", "Der Schlüssel.", "Leyla")
    assert (ids(catalog, "mine", "Ömer"), ids(catalog, "by:leyla")) == (["c.1"], ["a.1"])
    assert ids(catalog, "changed:2027-01-01 -mine", "Ömer") == ["a.1"]


def test_a_replacement_is_planned_without_being_carried_out(catalog: OpenCatalog) -> None:
    plan = replaced(catalog, Replacement("die blumen", "den Garten"))
    assert plan == {"a.2": Decision(("Bitte gieß den Garten.",), State.DRAFT)}
    assert catalog.unsaved == 0


def test_a_confirmed_translation_stays_confirmed_and_an_emptied_one_does_not(catalog: OpenCatalog) -> None:
    assert replaced(catalog, Replacement("Matte", "Fußmatte"))["a.1"].state is State.TRANSLATED
    assert replaced(catalog, Replacement("^.*$", "", regex=True), "id:a.1")["a.1"] == Decision(("",), State.DRAFT)


def test_case_counts_only_when_asked(catalog: OpenCatalog) -> None:
    assert set(replaced(catalog, Replacement("der", "das"))) == {"a.1"}
    assert replaced(catalog, Replacement("der", "das", case=True))["a.1"].texts == (
        "Der Schlüssel liegt unter das Matte.",
    )


def test_signs_of_regular_expressions_are_plain_text_unless_asked(catalog: OpenCatalog) -> None:
    assert replaced(catalog, Replacement(".", r"\1"), "id:a.1")["a.1"].texts[0].endswith(r"Matte\1")
    found = replaced(catalog, Replacement(r"unter der (\w+)", r"auf der \1", regex=True))
    assert found["a.1"].texts == ("Der Schlüssel liegt auf der Matte.",)


@pytest.mark.parametrize(
    ("replacement", "words"),
    [
        (Replacement("", "x"), "nothing to look for"),
        (Replacement("(", "x", regex=True), "no regular expression"),
        (Replacement("der", r"\2", regex=True), "groups are written"),
        (Replacement("(?P<a>der)", r"\g<b>", regex=True), "groups are written"),
    ],
)
def test_a_replacement_that_cannot_be_is_said(catalog: OpenCatalog, replacement: Replacement, words: str) -> None:
    with pytest.raises(ProjectError, match=words):
        replaced(catalog, replacement)


def test_a_replacement_is_undone_as_one(catalog: OpenCatalog) -> None:
    before = [row.texts for row in catalog.rows()]
    plan = plan_replacement([catalog], "", Replacement("i", "y"))
    assert {outcome.result for outcome in carry_out(plan, "g", "Leyla")} == {"saved"}
    assert len(plan) > 2
    assert {outcome.result for outcome in catalog.undo("g", "h", "Leyla")} == {"saved"}
    assert [row.texts for row in catalog.rows()] == before


def test_a_row_that_changed_after_the_plan_is_left_as_it_is(catalog: OpenCatalog) -> None:
    plan = plan_replacement([catalog], "", Replacement("i", "y"))
    save(catalog, "a.1", "Von Hand.")
    results = {outcome.row: outcome.result for outcome in carry_out(plan, "g", "Leyla")}
    assert results.pop("a.1") == "conflict"
    assert set(results.values()) == {"saved"}


def test_a_plan_goes_over_several_catalogs(letter: Project, catalog: OpenCatalog) -> None:
    persian = OpenCatalog(letter, "letter.txt", "fa", lambda: 0.0)
    save(persian, "c.1", "تا جمعه، Matte.")
    plan = plan_replacement([catalog, persian], "", Replacement("Matte", "…"))
    assert [(each.catalog.language, each.row.id) for each in plan] == [("de", "a.1"), ("fa", "c.1")]
    assert [outcome.result for outcome in carry_out(plan, "g", "Leyla")] == ["saved", "saved"]
    persian.close()


def test_sure_drafts_are_confirmed_and_others_left(catalog: OpenCatalog) -> None:
    save(catalog, "c.1", "Bis Freitag.", state=State.DRAFT)
    assert [each.row.id for each in plan_confirmation(catalog, "", 0.9)] == []
    assert [each.row.id for each in plan_confirmation(catalog, "", 0.87)] == ["a.2"]
    plan = plan_confirmation(catalog, "", None)
    assert [each.row.id for each in plan] == ["a.2", "c.1"]
    list(carry_out(plan, "g", "Leyla"))
    assert ids(catalog, "state:todo") == []
    row = catalog.row("a.2")
    assert row is not None
    assert row.confidence == 0.87


def test_a_bead_that_is_a_little_less_sure_than_was_asked_for_is_left(letter: Project) -> None:
    path = letter.catalog_path("letter.txt", "de")
    written = read_catalog(path)
    *_, friday = written
    origin = align_origin(BeadRecord(("c.1",), ("x.5",), 0.9486))
    write_bead(written, [friday], "Bis Freitag.", State.DRAFT, origin)
    written.save(path)
    catalog = OpenCatalog(letter, "letter.txt", "de", lambda: 0.0)
    assert plan_confirmation(catalog, "", 0.95) == []
    assert [each.row.id for each in plan_confirmation(catalog, "", 0.94)] == ["c.1"]
    catalog.close()


def test_only_what_the_query_finds_is_confirmed(catalog: OpenCatalog) -> None:
    assert plan_confirmation(catalog, "id:c", None) == []
    assert [each.row.id for each in plan_confirmation(catalog, "id:a", None)] == ["a.2"]


def test_that_a_sentence_is_left_out_is_never_confirmed_on_the_word_of_the_aligner(letter: Project) -> None:
    path = letter.catalog_path("letter.txt", "de")
    written = read_catalog(path)
    write_bead(written, [list(written)[4]], OMITTED, State.DRAFT, ("align", "1.00", "1:0"))
    path.write_bytes(written.to_bytes())
    catalog = OpenCatalog(letter, "letter.txt", "de", lambda: 1_800_000_000.0)
    assert ids(catalog, "is:omitted") == ["c.1"]
    assert [each.row.id for each in plan_confirmation(catalog, "", 0.5)] == ["a.2"]
    catalog.close()
