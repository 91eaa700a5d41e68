"""Who is at work: one word, from git or the system."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflow.people import default_name, one_word


@given(st.text())
@example("a" * 61)
@example("Nərgiz\u202e \x00 Həsənova\n")
def test_a_name_is_one_visible_word(name: str) -> None:
    word = one_word(name)
    assert word == one_word(word)
    assert word.isprintable()
    assert len(word.split()) <= 1
    assert len(word) <= 60


def test_the_default_is_whom_git_names_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "config", "user.name", "Nərgiz Həsənova"], cwd=tmp_path, check=True)
    assert default_name(tmp_path) == "Nərgiz_Həsənova"


def test_the_default_is_whom_the_system_names_where_git_names_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LOGNAME", "leyla")
    assert default_name(tmp_path) == "leyla"
