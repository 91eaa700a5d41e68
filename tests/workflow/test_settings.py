"""hexapla.toml changed by a page: what is not changed stays as somebody wrote it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import LocalesError
from workflow.errors import ProjectError
from workflow.intake import Incoming, take_document
from workflow.project import Project, open_project
from workflow.session import Session
from workflow.settings import Habits, change_habits, choose_targets, edited, habits, odd_habits, rename

SETTINGS = """\
# Our town.
format = 1
name = "town"  # short

source = "en"
targets = ["de", "fa"]  # more to come

[splitting]
# Stations have a dot.
abbreviations = [
    "Bhf.",  # station
    "Hst.",
]
[splitting.de]
never = ['Hey! Town']
"""


@pytest.fixture
def town(tmp_path: Path) -> Project:
    (tmp_path / "hexapla.toml").write_text(SETTINGS, encoding="utf-8")
    return open_project(tmp_path)


def text(project: Project) -> str:
    return (project.root / "hexapla.toml").read_text(encoding="utf-8")


def test_a_name_is_changed_and_nothing_else(town: Project) -> None:
    assert rename(town, " Tarnholt ").name == "Tarnholt"
    assert text(town) == SETTINGS.replace('"town"', '"Tarnholt"')


def test_what_is_as_it_was_changes_no_byte(town: Project) -> None:
    rename(town, "town")
    change_habits(town, habits(town))
    change_habits(town, habits(town, "de"), "de")
    choose_targets(town, ["de", "fa"])
    assert text(town) == SETTINGS


def test_a_list_keeps_the_comments_of_what_stays(town: Project) -> None:
    change_habits(town, Habits(abbreviations=("Bhf.", "Nr."), quotations="keep"))
    assert '"Bhf.",  # station' in text(town)
    assert "Hst." not in text(town)
    assert habits(open_project(town.root)) == Habits(("Bhf.", "Nr."), quotations="keep")
    assert habits(open_project(town.root), "de") == Habits(never=("Hey! Town",))


def test_rules_of_a_language_have_a_table_of_their_own(town: Project) -> None:
    change_habits(town, Habits(abbreviations=("gem.",)), "fa")
    assert habits(open_project(town.root), "fa") == Habits(("gem.",))
    assert text(town).startswith(SETTINGS)


def test_a_new_language_gets_a_catalog_of_every_document(town: Project) -> None:
    take_document(town, Incoming("mill.txt", b"The mill is old.\n"))
    wider = choose_targets(town, ["de", "fa", "pt-br"])
    assert wider.targets == ("de", "fa", "pt-BR")
    assert wider.catalog_path("mill.txt", "pt-BR").exists()
    fewer = choose_targets(wider, ["fa"])
    assert fewer.targets == ("fa",)
    assert wider.catalog_path("mill.txt", "pt-BR").exists()


def test_languages_that_are_broken_off_leave_everything_as_it_was(town: Project) -> None:
    for name in ("mill.txt", "well.txt"):
        take_document(town, Incoming(name, b"The mill is old.\n"))
    before = {path: path.read_bytes() for path in town.root.rglob("*.*") if path.is_file()}

    def stop(_: str, done: int, __: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        choose_targets(town, ["de", "fa", "tr"], stop)
    assert {path: path.read_bytes() for path in town.root.rglob("*.*") if path.is_file()} == before


@pytest.mark.parametrize("targets", [[], ["en"], ["de", "de"], ["de", "no language"]])
def test_languages_that_cannot_be_are_refused(town: Project, targets: list[str]) -> None:
    with pytest.raises((ProjectError, LocalesError)):
        choose_targets(town, targets)
    assert text(town) == SETTINGS


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "bell\x07"])
def test_a_name_that_is_none_is_refused(town: Project, name: str) -> None:
    with pytest.raises(ProjectError, match="is no name"):
        rename(town, name)
    assert text(town) == SETTINGS


@pytest.mark.parametrize("wanted", [Habits(never=("(",)), Habits(quotations="sometimes"), Habits(always=("*",))])
def test_rules_that_cannot_be_used_are_refused(town: Project, wanted: Habits) -> None:
    with pytest.raises(ProjectError, match=r"\[splitting"):
        change_habits(town, wanted)
    assert text(town) == SETTINGS


ODD = """\
format = 1
source = "en"
targets = ["de"]
[splitting]  # ours
quotations = "foo"  # why?
abbreviations = 5  # five
never = ["Bhf.", 7]
[splitting.de]
always = ["("]  # a bracket
"""


@pytest.fixture
def odd(tmp_path: Path) -> Project:
    (tmp_path / "hexapla.toml").write_text(ODD, encoding="utf-8")
    return open_project(tmp_path)


def test_rules_that_somebody_wrote_and_cannot_be_used_are_each_named_with_their_place(odd: Project) -> None:
    quotations, abbreviations, never, always = odd_habits(odd)
    assert quotations == "[splitting]: quotations is one of 'weigh', 'cut', 'keep'"
    assert abbreviations.startswith("[splitting]: abbreviations is a list of strings")
    assert never.startswith("[splitting]: never is a list of strings")
    assert always.startswith("[splitting.de] always: '(' is no regular expression")
    assert habits(odd) == Habits(never=("Bhf.",))
    assert habits(odd, "de") == Habits(always=("(",))


def test_what_cannot_be_used_is_replaced_where_rules_are_saved_and_no_comment_goes(odd: Project) -> None:
    rename(odd, "town")
    changed = change_habits(odd, Habits(abbreviations=("Hst.",), never=("Bhf.",)))
    assert len(odd_habits(changed)) == 1
    assert 'quotations = "weigh"  # why?\nabbreviations = ["Hst."]  # five\nnever = ["Bhf."]\n' in text(odd)
    assert not odd_habits(change_habits(changed, Habits(), "de"))
    assert "always = []  # a bracket" in text(odd)


HEAD = 'format = 1\nsource = "en"\ntargets = ["de"]\n'


@pytest.mark.parametrize(
    "odd_place",
    [
        HEAD + "[splitting]\nde = 5  # five\n",
        HEAD + "[splitting.de.never]\n# mine\nx = 1\n",
        "splitting.never = ['x']\n" + HEAD,
    ],
)
def test_rules_in_an_odd_place_are_left_alone(town: Project, odd_place: str) -> None:
    (town.root / "hexapla.toml").write_text(odd_place)
    with pytest.raises(ProjectError, match=r"hexapla\.toml: .*(make it one|by hand)"):
        change_habits(open_project(town.root), Habits(never=("Bhf.",)), "de")
    assert text(town) == odd_place


def test_a_table_of_rules_in_one_line_takes_another(town: Project) -> None:
    (town.root / "hexapla.toml").write_text(HEAD + "splitting = {never = ['x']}  # short\n")
    change_habits(open_project(town.root), Habits(never=("y",)), "de")
    assert habits(open_project(town.root), "de") == Habits(never=("y",))
    assert text(town).endswith("  # short\n")


def test_a_broken_file_is_not_made_worse(town: Project) -> None:
    broken = SETTINGS.replace('"town"', '"town')
    (town.root / "hexapla.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(ProjectError, match="cannot be read as TOML"):
        rename(town, "Tarnholt")
    assert text(town) == broken


def test_who_reviews_meanwhile_sees_the_new_language(town: Project) -> None:
    take_document(town, Incoming("mill.txt", b"The mill is old.\n"))
    with Session(town) as session:
        choose_targets(town, ["de", "fa", "tr"])
        assert session.project.targets == ("de", "fa", "tr")
        assert len(session.open("mill.txt", "tr")) == 1
        (town.root / "hexapla.toml").write_text("format", encoding="utf-8")
        assert session.project.targets == ("de", "fa", "tr")


WORDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=4)


@given(words=WORDS, later=WORDS, language=st.sampled_from(["", "de", "fa"]))
def test_whatever_is_set_is_read_again_and_the_rest_stays(words: list[str], later: list[str], language: str) -> None:
    path = ("splitting", language) if language else ("splitting",)
    text = SETTINGS
    for wanted in (words, later):
        text = edited(text, {"abbreviations": wanted}, path)
        before, now = tomllib.loads(SETTINGS), tomllib.loads(text)
        table = now["splitting"].get(language, {}) if language else now["splitting"]
        assert table.pop("abbreviations", []) == wanted
        assert {k: v for k, v in now.items() if k != "splitting"} == {
            k: v for k, v in before.items() if k != "splitting"
        }
        assert now["splitting"]["de"]["never"] == ["Hey! Town"]
        assert text.startswith('# Our town.\nformat = 1\nname = "town"  # short\n')


@pytest.mark.parametrize("text", ["splitting = 3", "[splitting]\nde = 'x'", "[splitting]\nde = ["])
def test_what_is_no_table_is_said(text: str) -> None:
    with pytest.raises(ProjectError):
        edited(text, {"quotations": "keep"}, ("splitting", "de"))
