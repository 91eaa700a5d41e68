import tomllib
from pathlib import Path

import pytest

import segments
from segments.facts import EITHER, ENDING, INSIDE, facts_of, is_known

LANGUAGES = sorted((Path(segments.__file__).parent / "languages").glob("*.toml"))


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_every_table_of_facts_names_its_source_and_can_be_read(path: Path) -> None:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, table in tables.items():
        assert name == "like" or table["source"], f"[{name}]"
    assert facts_of(path.stem)
    assert tables.get("like", "root") in {each.stem for each in LANGUAGES}


def test_a_tag_is_looked_up_part_by_part() -> None:
    assert facts_of("de-AT-1996") == facts_of("DE") == facts_of("de_CH")
    assert facts_of("nb") != facts_of("da")
    assert is_known("zh-Hant-TW")
    assert not is_known("x-none")
    assert not is_known("")


def test_abbreviations_are_of_three_kinds() -> None:
    german, french = facts_of("de"), facts_of("fr")
    assert german.abbreviation("dr") == INSIDE
    assert german.abbreviation("mio") == EITHER
    assert german.abbreviation("usw") == ENDING
    assert german.abbreviation("b", "z.") == INSIDE
    assert german.abbreviation("haus") == 0
    assert french.abbreviation("l'éd") == INSIDE


def test_turkish_and_azerbaijani_have_their_own_small_letters() -> None:
    assert facts_of("az").lower("Işıq") == "ışıq"
    assert facts_of("tr").lower("İzmir") == "izmir"
    assert facts_of("en").lower("It") == "it"
