"""Real git: plain merges of edits that do not touch, and merges by entry once it is set up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from locales import Catalog, Fact, State, fact_digest, new_catalog, new_entry, parse_catalog, read_catalog
from workflow import ProjectError
from workflow.cli import main
from workflow.git import PATTERNS, find_work_tree, missing_setup, set_up
from workflow.project import create_project

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SOURCES = ["The door is open.", "Come in.", "Sit down.", "The tea is hot.", "Stay a while."]
CATALOG = "locales/de/LC_MESSAGES/a.txt.po"


class Repository:
    """A git repository in a folder, with nobody's configuration but its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalog = folder / CATALOG
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=self.folder, check=check, capture_output=True, encoding="utf-8")

    def commit(self, data: bytes) -> None:
        self.catalog.parent.mkdir(parents=True, exist_ok=True)
        self.catalog.write_bytes(data)
        self.git("add", ".")
        self.git("commit", "-q", "-m", "work")

    def merge(self, base: bytes, ours: bytes, theirs: bytes) -> subprocess.CompletedProcess[str]:
        """Commit theirs to a branch and ours to main, both from base, and merge the branch."""
        self.commit(base)
        self.git("checkout", "-q", "-b", "branch")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)
        return self.git("merge", "-q", "--no-edit", "branch", check=False)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ada@example.org")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "hexapla"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m workflow.cli "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "town with 'quotes'"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Repository(folder)


def drafts() -> Catalog:
    """Return drafts of an aligner, as a project has them before anybody works."""
    entries = [
        new_entry(
            msgid=source,
            msgstr=f"Satz {number}.",
            flags=("fuzzy",),
            extracted=("paragraph",),
            references=(f"a.txt#b1.{number}",),
            facts=(Fact("align", ("0.90", "1:1"), fact_digest([(source, f"Satz {number}.")])),),
        )
        for number, source in enumerate(SOURCES)
    ]
    return new_catalog("de", entries)


def edited(data: bytes, *places: int, text: str = "Fertig {}.", who: str = "") -> bytes:
    """Return the catalog with some sentences translated, and approved in somebody's name."""
    catalog = parse_catalog(data)
    for place in places:
        entry = list(catalog)[place]
        catalog.translate(entry, text.format(place), state=State.TRANSLATED)
        if who:
            catalog.approve(entry, who)
    return catalog.to_bytes()


BASE = drafts().to_bytes()
EMPTY = new_catalog("de", [new_entry(msgid=source) for source in SOURCES]).to_bytes()
LINES = new_catalog("de", [new_entry(msgid=source, msgstr="?") for source in SOURCES]).to_bytes()


@pytest.mark.parametrize("base", [BASE, EMPTY, LINES])
@pytest.mark.parametrize("who", ["", "ada"])
def test_plain_git_merges_edits_to_neighbouring_entries(repository: Repository, base: bytes, who: str) -> None:
    done = repository.merge(base, edited(base, 0, 2, who=who), edited(base, 1, 4))
    assert done.returncode == 0, done.stdout
    merged = read_catalog(repository.catalog)
    assert [entry.msgstr.startswith("Fertig") for entry in merged] == [True, True, True, False, True]
    assert [entry.state is State.APPROVED for entry in merged][:3] == [bool(who), False, bool(who)]


def test_different_sentences_merge_cleanly_by_entry(repository: Repository) -> None:
    set_up(repository.folder)
    ours = edited(BASE, 0, 2).replace(b"\n\n", b"\n\n# seen by ada\n")  # next to every line of theirs
    done = repository.merge(BASE, ours, edited(BASE, 1, 3))
    assert done.returncode == 0, done.stdout
    merged = read_catalog(repository.catalog)
    assert [entry.msgstr for entry in merged] == ["Fertig 0.", "Fertig 1.", "Fertig 2.", "Fertig 3.", "Satz 4."]
    assert all(entry.comments == ("seen by ada",) for entry in merged)


def test_git_stops_at_one_sentence_that_two_people_translated_with_both_texts_in_a_valid_file(
    repository: Repository,
) -> None:
    set_up(repository.folder)
    done = repository.merge(BASE, edited(BASE, 0, 1), edited(BASE, 1, 2, text="Anders {}."))
    assert done.returncode == 1
    assert repository.git("diff", "--name-only", "--diff-filter=U", "-z").stdout == CATALOG + "\0"
    merged = read_catalog(repository.catalog)
    assert [entry.msgstr for entry in merged][:3] == ["Fertig 0.", "Anders 1.\nFertig 1.", "Anders 2."]
    assert list(merged)[1].state is State.DRAFT
    assert f"{CATALOG}:{list(merged)[1].line}: two translations" in done.stderr


def test_git_stops_with_its_own_marks_where_theirs_is_no_catalog(repository: Repository) -> None:
    set_up(repository.folder)
    done = repository.merge(BASE, edited(BASE, 0), edited(BASE, 0).replace(b'"Fertig 0."', b'"Theirs, unterminated'))
    assert done.returncode == 1
    merged = repository.catalog.read_bytes()
    for part in (b"<<<<<<<", b"Fertig 0.", b"Theirs, unterminated", b">>>>>>>"):
        assert part in merged


def test_no_side_vanishes_where_the_command_is_not_installed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(repository.folder)
    driver = repository.git("config", "merge.hexapla.driver").stdout.strip()
    repository.git("config", "merge.hexapla.driver", driver.replace("hexapla merge", "no-such-program merge"))
    done = repository.merge(BASE, edited(BASE, 0), edited(BASE, 0).replace(b"Fertig 0.", b"Theirs."))
    assert done.returncode == 1
    merged = repository.catalog.read_bytes()
    assert b"Fertig 0." in merged
    assert b"Theirs." in merged


def test_a_rebase_uses_the_driver_too(repository: Repository) -> None:
    set_up(repository.folder)
    repository.commit(BASE)
    repository.git("checkout", "-q", "-b", "branch")
    repository.commit(edited(BASE, 1).replace(b"\n\n", b"\n\n# seen by ben\n"))
    repository.git("checkout", "-q", "main")
    repository.commit(edited(BASE, 0))
    repository.git("rebase", "-q", "main", "branch")
    assert [entry.msgstr for entry in read_catalog(repository.catalog)][:2] == ["Fertig 0.", "Fertig 1."]


def test_setting_up_twice_changes_nothing(repository: Repository) -> None:
    first = set_up(repository.folder)
    assert len(first.attributes) == len(PATTERNS)
    files = (repository.folder / ".gitattributes", repository.folder / ".git" / "config")
    before = [path.read_bytes() for path in files]
    again = set_up(repository.folder)
    assert (again.attributes, again.config, again.kept) == ((), (), ())
    assert [path.read_bytes() for path in files] == before


def test_setting_up_keeps_the_lines_that_are_there(repository: Repository) -> None:
    path = repository.folder / ".gitattributes"
    path.write_bytes(b"*.png binary\r\n*.po   merge=hexapla\r\n*.md text")
    set_up(repository.folder)
    lines = path.read_bytes().decode().splitlines()
    assert lines[:3] == ["*.png binary", "*.po   merge=hexapla", "*.md text"]
    assert len(lines) == 3 + len(PATTERNS) - 1
    assert not missing_setup(repository.folder)


def test_a_driver_that_somebody_chose_stays_unless_forced(repository: Repository) -> None:
    repository.git("config", "merge.hexapla.driver", "/opt/hexapla merge %O %A %B")
    assert set_up(repository.folder).kept == ("merge.hexapla.driver",)
    assert "/opt/hexapla" in repository.git("config", "merge.hexapla.driver").stdout
    assert set_up(repository.folder, force=True).config == ("merge.hexapla.driver",)


def test_what_is_missing_is_seen_and_only_inside_of_git(repository: Repository, tmp_path: Path) -> None:
    assert find_work_tree(tmp_path / "bin") is None
    assert not missing_setup(tmp_path / "bin")
    below = repository.folder / "below"
    below.mkdir()
    assert missing_setup(below)
    set_up(repository.folder)
    assert not missing_setup(below)
    repository.git("config", "--unset", "merge.hexapla.driver")
    assert missing_setup(below)
    set_up(repository.folder)
    (repository.folder / ".gitattributes").unlink()
    assert missing_setup(below)


def test_outside_of_git_nothing_can_be_set_up(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="git init"):
        set_up(tmp_path)
    assert not list(tmp_path.iterdir())


def test_status_warns_until_git_is_set_up(repository: Repository) -> None:
    create_project(repository.folder, "en", ["de"])
    status = CliRunner().invoke(main, ["status", "--json"])
    assert "hexapla git-setup" in status.stderr
    assert status.stdout == "[]\n"
    done = CliRunner().invoke(main, ["git-setup"])
    assert done.exit_code == 0
    assert ".gitattributes: *.po merge=hexapla" in done.stderr
    assert "git-setup" not in CliRunner().invoke(main, ["status"]).stderr
    assert "nothing to do" in CliRunner().invoke(main, ["git-setup"]).stderr


def test_status_outside_of_git_says_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_project(tmp_path, "en", ["de"])
    monkeypatch.chdir(tmp_path)
    assert "git" not in CliRunner().invoke(main, ["status"]).stderr
