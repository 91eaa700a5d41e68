"""Projects: made, found, named; what is refused and in which words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from locales import LocalesError
from workflow import ProjectError
from workflow.project import check_name, create_project, open_project


def test_a_project_reads_back_as_it_was_made(tmp_path: Path) -> None:
    made = create_project(tmp_path, "en", ["pt_br", "zh-hans"], 'Stadt "Nord" \\ ş')
    assert made.targets == ("pt-BR", "zh-Hans")
    below = tmp_path / "sources" / "en"
    below.mkdir(parents=True)
    assert open_project(below) == made


def test_catalogs_lie_where_gettext_looks_for_them(tmp_path: Path) -> None:
    project = create_project(tmp_path, "en", ["zh-Hans"])
    path = project.catalog_path("guide/a.md", "zh-Hans")
    assert path.relative_to(tmp_path).as_posix() == "locales/zh_Hans/LC_MESSAGES/guide/a.md.po"


def test_a_second_init_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    create_project(tmp_path, "en", ["de"])
    before = (tmp_path / "hexapla.toml").read_bytes()
    with pytest.raises(ProjectError, match="is there already"):
        create_project(tmp_path, "en", ["fr"])
    assert (tmp_path / "hexapla.toml").read_bytes() == before


def test_an_ignore_file_that_is_there_keeps_its_lines(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\nout/")
    create_project(tmp_path, "en", ["de"])
    assert (tmp_path / ".gitignore").read_text().splitlines() == ["*.bak", "out/", ".hexapla/", "*.mo"]


@pytest.mark.parametrize("targets", [["en"], ["de", "de"]])
def test_a_language_that_comes_twice_is_refused(tmp_path: Path, targets: list[str]) -> None:
    with pytest.raises(ProjectError, match="must differ"):
        create_project(tmp_path, "en", targets)


def test_an_unknown_language_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(LocalesError, match="zz"):
        create_project(tmp_path, "en", ["zz"])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('format = 99\nsource = "en"\n', "newer Hexapla"),
        ("format = ", "cannot be read as TOML"),
        ('source = "en"\n', "`format` is missing"),
        ('format = 1\nsource = "en"\ntargets = "de"\n', "targets = "),
        ("format = 1\ntargets = []\n", "source = "),
        ("format = true\n", "`format` is missing"),
        ('format = 1\nsource = "en"\nname = 5\n', "name is a string"),
        ('format = 1\nsource = "en"\ntargets = ["de", "de"]\n', "must differ"),
        ('format = 1\nsource = "en"\nsplitting = 5\n', "is a table"),
        ('format = 1\nsource = "en"\npeople = [1]\n', "people are tables"),
    ],
)
def test_settings_that_cannot_be_used_are_named_with_their_remedy(tmp_path: Path, settings: str, words: str) -> None:
    (tmp_path / "hexapla.toml").write_text(settings)
    with pytest.raises(ProjectError, match=words) as caught:
        open_project(tmp_path)
    assert str(tmp_path / "hexapla.toml") in str(caught.value)


def test_a_folder_without_a_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="hexapla init"):
        open_project(tmp_path)


@pytest.mark.parametrize(
    "name", ["", "../a.md", "/etc/a.md", ".hidden.md", "a/../b.md", "a/.git/b.md", "c:a.md", "a\nb.md"]
)
def test_a_name_that_leaves_the_project_or_hides_in_it_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProjectError, match="not a document name"):
        check_name(create_project(tmp_path, "en", ["de"]), name)


def test_names_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    project = create_project(tmp_path, "en", ["de"])
    home = project.document_path("Guide.md")
    home.parent.mkdir(parents=True)
    home.write_text("Text.")
    with pytest.raises(ProjectError, match=r"Guide\.md"):
        check_name(project, "guide.md")


@pytest.mark.parametrize(
    "arguments", [["-m", "workflow.cli", "--help"], ["-c", "import segments, locales; segments.Span"]]
)
def test_the_folders_of_a_project_never_shadow_our_packages(tmp_path: Path, arguments: list[str]) -> None:
    for folder in ("segments", "locales", "workflow", "ui"):
        (tmp_path / folder).mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
