"""Compile and build in one go: the files, their problems and where each can be mended."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from locales import State
from workflow.delivery import Wish, archive, deliver, problems
from workflow.errors import ProjectError
from workflow.intake import Incoming, take_document
from workflow.project import Project, create_project
from workflow.rows import rows

WISH = Wish(("mill.md",), ("de",))


@pytest.fixture
def town(tmp_path: Path) -> Project:
    project = create_project(tmp_path / "town", "en", ["de"])
    take_document(project, Incoming("mill.md", b"The *mill* is old.\n\nIt is open.\n"))
    return project


@pytest.fixture
def confirm(decide: Callable[..., object]) -> Callable[..., None]:
    def confirmed(project: Project, *texts: str) -> None:
        for row, text in zip(rows(project, "mill.md", "de"), texts, strict=False):
            decide(project, "mill.md", "de", row, text, State.TRANSLATED)

    return confirmed


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_documents_and_catalogs_are_made_together(town: Project, confirm: Callable[..., None]) -> None:
    confirm(town, "Die {1}Mühle{/1} ist alt.", "Sie ist offen.")
    made = deliver(town, WISH)
    assert made.files == [town.output_path("mill.md", "de"), town.catalog_path("mill.md", "de").with_suffix(".mo")]
    assert made.files[0].read_text(encoding="utf-8") == "Die *Mühle* ist alt.\n\nSie ist offen.\n"
    assert problems(town, made) == []


def test_a_translation_with_other_tags_is_named_with_its_row(town: Project, confirm: Callable[..., None]) -> None:
    confirm(town, "Die {1}Mühle{/1} ist alt.", "Sie ist offen.")
    replace(town.catalog_path("mill.md", "de"), "Die {1}Mühle{/1} ist alt.", "Die Mühle ist alt.")
    (problem,) = problems(town, deliver(town, WISH))
    assert (problem.kind, problem.row) == ("tags", rows(town, "mill.md", "de")[0].id)
    assert problem.text.startswith("“The {1}mill{/1} is old.” ")


def test_a_bead_that_another_editor_broke_is_counted(town: Project, decide: Callable[..., object]) -> None:
    row = rows(town, "mill.md", "de")[1]
    decide(town, "mill.md", "de", row, "", State.TRANSLATED, omit=True)
    path = town.catalog_path("mill.md", "de")
    replace(path, "# hx: omit", "# hx: omitted")
    (problem,) = problems(town, deliver(town, WISH))
    assert (problem.kind, problem.text) == ("broken", "1")


def test_a_message_that_is_refused_is_named_with_its_row_and_others_are_compiled(
    town: Project, confirm: Callable[..., None]
) -> None:
    take_document(town, Incoming("app.pot", b'msgid ""\nmsgstr ""\n\n#, c-format\nmsgid "%d mills"\nmsgstr ""\n'))
    confirm(town, "Die {1}Mühle{/1} ist alt.")
    replace(town.catalog_path("app.pot", "de"), 'msgid "%d mills"\nmsgstr ""', 'msgid "%d mills"\nmsgstr "%s Mühlen"')
    made = deliver(town, Wish(("app.pot", "mill.md"), ("de",)))
    (problem,) = problems(town, made)
    assert (problem.kind, problem.document, problem.row) == ("refused", "app.pot", rows(town, "app.pot", "de")[0].id)
    assert not town.catalog_path("app.pot", "de").with_suffix(".mo").exists()
    assert town.catalog_path("mill.md", "de").with_suffix(".mo").exists()


def test_a_catalog_that_cannot_be_read_is_said_and_nothing_is_built(town: Project) -> None:
    town.catalog_path("mill.md", "de").unlink()
    with pytest.raises(ProjectError, match="is missing"):
        deliver(town, WISH)
    assert not town.output_path("mill.md", "de").exists()


def test_the_archive_has_every_file_in_its_place(town: Project) -> None:
    made = deliver(town, WISH)
    with zipfile.ZipFile(io.BytesIO(archive(town, [*made.files, town.root / "gone"]))) as found:
        assert sorted(found.namelist()) == ["locales/de/LC_MESSAGES/mill.md.mo", "out/de/mill.md"]
        assert found.read("out/de/mill.md") == made.files[0].read_bytes()
