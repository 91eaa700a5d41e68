"""Who is who in a project, and what each may do in which language."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow import ProjectError
from workflow.people import LEAST, LONGEST, Deed, People, Person, Rights, Role, one_word, read_people
from workflow.project import create_project, open_project

TEAM = """
[people."ann@example.org"]
name = "Ann"
languages.de = "reviewer"
languages.fa = "translator"

[people.omer]
role = "reviewer"
languages.fa = "reader"
"""


def people(root: Path, tables: str) -> People:
    create_project(root / "town", "en", ["de", "fa"])
    settings = root / "town" / "hexapla.toml"
    settings.write_text(settings.read_text("utf-8") + tables, "utf-8")
    return read_people(open_project(root / "town"))


def test_a_person_has_a_role_in_every_language_but_where_another_is_named(tmp_path: Path) -> None:
    team = people(tmp_path, TEAM)
    ann, omer = team.person("ann@example.org"), team.person("omer")
    assert ann is not None
    assert omer is not None
    assert (ann.name, omer.name) == ("Ann", "omer")
    assert [ann.rights.role_in(tag) for tag in ("de", "fa", None)] == ["reviewer", "translator", "reader"]
    assert [omer.rights.role_in(tag) for tag in ("de", "fa", None)] == ["reviewer", "reader", "reader"]


def test_who_is_not_named_is_a_stranger_unless_anybody_may_come(tmp_path: Path) -> None:
    assert people(tmp_path / "closed", TEAM).person("eve") is None
    open_to_all = people(tmp_path / "open", TEAM + '[people."*"]\n')
    assert open_to_all.person("eve") == Person("eve", Rights(Role.READER))
    assert open_to_all.person("ANN@example.org") != open_to_all.person("ann@example.org")


def test_the_star_itself_is_nobodys_login(tmp_path: Path) -> None:
    assert people(tmp_path / "closed", TEAM).person("*") is None
    guest = people(tmp_path / "open", '[people."*"]\nrole = "translator"\n').person("*")
    assert guest is not None
    assert guest.name.startswith("*~")


@pytest.mark.parametrize("login", ["Ann", "ann lee", "ann\tlee", "x" * 61, "", "\u202e", "Ann~0123456789ab"])
def test_a_guest_never_takes_the_name_of_another(tmp_path: Path, login: str) -> None:
    guest = people(tmp_path, TEAM + '[people."*"]\n').person(login)
    assert guest is not None
    assert "~" in guest.name
    assert guest.name == one_word(guest.name)


@given(st.lists(st.text() | st.sampled_from(["Ann", "a b", "a_b", "a  b"]), min_size=2, max_size=2, unique=True))
def test_two_logins_are_two_names(logins: list[str]) -> None:
    team = People({"*": Person("*", Rights(Role.READER)), "ann@example.org": Person("Ann", Rights(Role.REVIEWER))})
    one, other = map(team.person, logins)
    assert one is not None
    assert other is not None
    assert one.name != other.name
    assert max(len(one.name), len(other.name)) <= LONGEST


BAD = {
    "nobody": ("", "names nobody"),
    "no table": ('people = "ann"', "people are tables"),
    "a person that is no table": ("[people]\nann = 3", '[people."ann"]: takes'),
    "a word too many": ('[people.ann]\nrole = "reader"\nlang = "de"', '[people."ann"]: takes'),
    "a role that is none": ('[people.ann]\nrole = "boss"', "not 'boss'"),
    "a role that is no text": ("[people.ann]\nrole = 1", "not 1"),
    "languages that are a list": ('[people.ann]\nlanguages = ["de"]', "languages.de ="),
    "a language of another project": ('[people.ann]\nlanguages.ru = "reader"', "ru is not a target language"),
    "a language that is none": ('[people.ann]\nlanguages.qq = "reader"', "qq"),
    "the source language": ('[people.ann]\nlanguages.en = "reviewer"', "en is not a target language"),
    "a name without letters": ('[people.ann]\nname = " "', "`name` needs"),
    "one name twice": ('[people.ann]\n[people.eve]\nname = "ann"', 'as "ann" is'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, name: str) -> None:
    tables, words = BAD[name]
    with pytest.raises(ProjectError) as caught:
        people(tmp_path, tables)
    assert words in str(caught.value)
    assert "hexapla.toml" in str(caught.value)


def test_languages_may_be_written_as_anybody_writes_them(tmp_path: Path) -> None:
    team = people(tmp_path, '[people.ann]\nlanguages.DE = "reviewer"\n')
    ann = team.person("ann")
    assert ann is not None
    assert ann.rights.may(Deed.APPROVE, "de")


def test_each_deed_needs_a_role_and_a_higher_role_may_do_what_a_lower_may() -> None:
    assert set(LEAST) == set(Deed)
    for deed in Deed:
        allowed = [Rights(role).may(deed, "de") for role in Role]
        assert allowed == sorted(allowed)
        assert not Rights(Role.READER).may(deed, "de")
        assert Rights(Role.REVIEWER).may(deed)
