"""What helps to decide: history with differences, the paragraph as it is built, other languages, findings."""

from collections.abc import Iterator

import pytest

from locales import State
from workflow.context import Built, beside, findings, history, missing, paragraph, source_change
from workflow.decisions import Decision
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation
from workflow.project import Project


@pytest.fixture
def catalog(letter: Project) -> Iterator[OpenCatalog]:
    found = OpenCatalog(letter, "letter.txt", "de", lambda: 1_800_000_000.0)
    yield found
    found.close()


def save(catalog: OpenCatalog, name: str, row: str, *texts: str, state: State = State.TRANSLATED) -> None:
    now = catalog.row(row)
    assert now is not None
    (outcome,) = catalog.apply([Operation(name, row, now.base, Decision(texts, state))], "Leyla")
    assert outcome.result == "saved", outcome.message


def row(catalog: OpenCatalog, name: str):  # type: ignore[no-untyped-def]
    found = catalog.row(name)
    assert found is not None
    return found


def test_history_says_word_by_word_what_each_operation_did(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "Bis Freitag.")
    save(catalog, "2", "c.1", "Bis zum Freitag.")
    catalog.comment("c.1", "Welcher?", "3", "Ömer")
    catalog.settle("c.1", "4", "Leyla")
    steps = history(catalog, "c.1")
    assert [(step.operation, step.user, step.kind, step.text) for step in steps] == [
        ("3", "Ömer", "comment", "Welcher?"),
        ("2", "Leyla", "save", ""),
        ("1", "Leyla", "save", ""),
    ]
    assert [(step.state, step.undoable) for step in steps] == [("", False), ("translated", True), ("translated", False)]
    assert "".join(piece.text for piece in steps[1].diff if piece.kind == "added").strip() == "zum"


def test_a_displaced_text_stands_in_the_history(catalog: OpenCatalog) -> None:
    save(catalog, "1", "a.1", "Der Schlüssel liegt vor der Tür.")
    path = catalog.path
    path.write_text(path.read_text().replace("unter der Matte", "unterm Topf"))
    catalog.changes(0)
    assert [step.kind for step in history(catalog, "a.1")] == ["conflict", "save"]


def test_a_paragraph_is_shown_as_it_will_be_built(catalog: OpenCatalog) -> None:
    source, target = paragraph(catalog, row(catalog, "a.2"))
    assert source == ("The key is under the mat. ", "Please water the plants.", "")
    assert target == [
        Built("Der Schlüssel liegt unter der Matte.", "translation", here=False),
        Built("Bitte gieß die Blumen.", "draft", here=True),
    ]
    # A draft is built as its source, but where one looks at it.
    _, target = paragraph(catalog, row(catalog, "a.1"))
    assert target == [
        Built("Der Schlüssel liegt unter der Matte.", "translation", here=True),
        Built("Please water the plants.", "source", here=False),
    ]


def test_a_bead_stands_as_one_in_its_paragraph(catalog: OpenCatalog) -> None:
    source, target = paragraph(catalog, row(catalog, "b.1"))
    assert source == ("", "I came here in spring. I never left.", "")
    assert [sentence.text for sentence in target] == ["Ich kam im Frühling und blieb."]


def test_other_languages_stand_in_step_by_their_source_sentences(letter: Project, catalog: OpenCatalog) -> None:
    persian = OpenCatalog(letter, "letter.txt", "fa", lambda: 0.0)
    save(persian, "1", "b.1", "بهار آمدم.")
    save(persian, "2", "b.2", "هرگز نرفتم.", state=State.DRAFT)
    found = beside(catalog, persian, 0, len(catalog))
    assert found["b.1"] == ("بهار آمدم. هرگز نرفتم.", State.DRAFT)
    assert found["c.1"] == ("", State.UNTRANSLATED)
    back = beside(persian, catalog, 0, len(persian))
    assert back["b.1"] == ("Ich kam im Frühling und blieb.", State.TRANSLATED)
    assert "b.2" not in back
    persian.close()


def test_a_changed_source_is_shown_against_the_one_the_draft_was_made_for(letter: Project) -> None:
    path = letter.catalog_path("letter.txt", "de")
    old = 'msgid "Please water the plants."'
    path.write_text(path.read_text().replace(old, f'#| msgid "Water the plants."\n{old}'))
    catalog = OpenCatalog(letter, "letter.txt", "de", lambda: 0.0)
    assert {piece.kind for piece in source_change(row(catalog, "a.2"))} >= {"same", "added"}
    assert source_change(row(catalog, "a.1")) == ()
    catalog.close()


PROGRAM = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#, python-format
msgid "%d of %s"
msgstr ""

msgid "Go to {1}the shop{/1}"
msgstr ""
"""


@pytest.fixture
def program(letter: Project) -> Iterator[OpenCatalog]:
    for path in (letter.document_path("app.pot"), letter.catalog_path("app.pot", "de")):
        path.write_text(PROGRAM)
    found = OpenCatalog(letter, "app.pot", "de", lambda: 0.0)
    yield found
    found.close()


def test_what_a_compiler_would_refuse_is_found(program: OpenCatalog) -> None:
    first, _ = (each.id for each in program.rows())
    assert findings(program, row(program, first)) == []
    save(program, "1", first, "%d von")
    assert findings(program, row(program, first))
    save(program, "2", first, "%d von %s")
    assert findings(program, row(program, first)) == []


def test_a_tag_that_the_translation_lacks_is_found(program: OpenCatalog) -> None:
    _, second = (each.id for each in program.rows())
    save(program, "1", second, "Zum {1}Laden")
    assert missing(row(program, second)) == ["{/1}"]
    save(program, "2", second, "Zum {1}Laden{/1}")
    assert missing(row(program, second)) == []


def test_a_message_has_no_paragraph(program: OpenCatalog) -> None:
    _, second = (each.id for each in program.rows())
    save(program, "1", second, "Zum Laden")
    assert paragraph(program, row(program, second)) == (
        ("", "Go to {1}the shop{/1}", ""),
        [Built("Zum Laden", "translation", here=True)],
    )
