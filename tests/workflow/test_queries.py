"""The query language: what each term finds, and what it says when it cannot be understood."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import State
from workflow import ProjectError
from workflow.journal import Record
from workflow.queries import Found, parse_query, search
from workflow.rows import Form, Row

ROW = Row(
    id="a.1",
    entries=("a.1", "a.2"),
    kind="para",
    context="Menu",
    references=("src/garden.py:12",),
    source=("Water the {plants}.", "Twice a day."),
    target="Gieß die {plants} zweimal täglich.",
    forms=(),
    state=State.DRAFT,
    confidence=0.8,
    omitted=False,
    valid=True,
    notes=(),
    comments=("Wer gießt?",),
    previous="",
    base="0f:DRAFT",
)
SAVED = Record("1", 1_800_000_000.0, "Leyla", "save", "a.1")  # 2027-01-15 in UTC
FOUND = Found(ROW, SAVED)

HOLDS = {
    "": True,
    "  ": True,
    "water": True,
    "WATER täglich": True,
    "GIESS": True,
    "water fire": False,
    '"the {plants}"': True,
    '"plants} the"': False,
    "-fire": True,
    "-water": False,
    "-state:done": True,
    "source:twice": True,
    "source:zweimal": False,
    "target:zweimal": True,
    'target:"die {plants}"': True,
    "comment:wer": True,
    "context:menu": True,
    "context:title": False,
    "reference:garden.py": True,
    "reference:house.py": False,
    "tag:{plants}": True,
    "tag:twice": False,
    "id:a.2": True,
    "id:b": False,
    "state:draft": True,
    "state:todo": True,
    "state:translated": False,
    "state:done": False,
    "confidence:<0.9": True,
    "confidence:<0.8": False,
    "confidence:>.5": True,
    "confidence:>1": False,
    "mine": True,
    "by:leyla": True,
    "by:Ömer": False,
    "changed:2027-01-01": True,
    "changed:2027-02-01": False,
    "is:locked": False,
    "is:broken": False,
    "is:omitted": False,
    "is:plural": False,
    "is:conflict": False,
    "is:changed": False,
    "/gie(ß|ss) die/": False,
    "/Gie(ß|ss) die/": True,
    "/the {p.*}\\./": True,
    "-/xyz/": True,
    "/": False,
    "other:thing": False,
    "http://example.org": False,
    "-": False,
}


@pytest.mark.parametrize("query", HOLDS)
def test_a_query_finds(query: str) -> None:
    assert parse_query(query, "Leyla")(FOUND) is HOLDS[query]


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("is:locked", replace(ROW, source=("{1}", "12"))),
        ("is:broken", replace(ROW, valid=False)),
        ("is:omitted", replace(ROW, omitted=True)),
        ("is:plural", replace(ROW, forms=(Form("eins", (1,)),))),
        ("is:changed", replace(ROW, previous="Water them.")),
        ("target:zwei", replace(ROW, forms=(Form("eins", (1,)), Form("zwei", (2,))))),
    ],
)
def test_a_property_finds_the_rows_that_have_it(query: str, row: Row) -> None:
    assert parse_query(query)(Found(row))
    assert not parse_query(f"-{query}")(Found(row))


def test_a_conflict_is_found() -> None:
    assert parse_query("is:conflict")(Found(ROW, SAVED, conflict=True))


def test_what_nobody_touched_is_nobodys() -> None:
    for query in ("mine", "by:Leyla", "changed:2000-01-01"):
        assert not parse_query(query, "Leyla")(Found(ROW))
    assert not parse_query("confidence:<1")(Found(replace(ROW, confidence=None)))


WRONG = {
    'target:"no end': "no partner",
    "state:drift": "states are untranslated, draft",
    "is:nice": "write is:locked",
    "changed:yesterday": "changed:2026-11-01",
    "changed:9999-99-99": "changed:2026-11-01",
    "confidence:0.8": "write confidence:<0.8",
    "confidence:<2": "write confidence:<0.8",
    "/(/": "no regular expression",
    "water /[/": "no regular expression",
}


@pytest.mark.parametrize("query", WRONG)
def test_what_cannot_be_understood_is_said_with_the_way_to_write_it(query: str) -> None:
    with pytest.raises(ProjectError) as caught:
        parse_query(query)
    assert WRONG[query] in str(caught.value)


@given(st.text())
def test_every_query_is_a_test_or_one_sentence(query: str) -> None:
    with suppress(ProjectError):
        assert parse_query(query)(FOUND) in (True, False)


@given(st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), min_size=1))
def test_a_text_in_quotation_marks_is_found_as_it_is(text: str) -> None:
    row = replace(ROW, target=f"vorher {text} nachher")
    assert parse_query(f'target:"{text}"')(Found(row))


def test_a_pattern_that_would_take_for_ever_gives_up_and_says_so() -> None:
    row = replace(ROW, source=("a" * 5_000 + "!",))
    with pytest.raises(ProjectError, match="takes too long on these texts; make it simpler"):
        search([row] * 3, [], r"/(a|aa)+$/")


@pytest.mark.parametrize("pattern", ["(", "*", "(" * 5_000, "a{99999999999}"])
def test_what_is_no_pattern_is_said(pattern: str) -> None:
    with pytest.raises(ProjectError, match="is no regular expression"):
        parse_query(f"/{pattern}/")
