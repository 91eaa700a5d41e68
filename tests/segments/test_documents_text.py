import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.documents import identity, pseudo_translate, read_document, write_document
from segments.documents.text import find_units
from segments.documents.wrapping import wrap
from segments.lines import columns, fold
from segments.model import Span

INTERVIEW = """\
AN AFTERNOON AT THE MILL
========================

Where did you spend the summer?

- By the river. We had a boat there, and every morning my brother rowed it to
  the other bank and back.

– Und dann?

* a net
* a lamp

The mill has stood there for two hundred years. It was built of stones that
came down the river on rafts, and its wheel still turns on Sundays.
"""


def written(source: str, target: str, index: int = 0, language: str = "de") -> str:
    return write_document(read_document("a.txt", source.encode()), {index: target}, language).decode()


def test_blocks_are_units_and_their_markers_stay_outside() -> None:
    found = [(unit.kind, unit.text.split()[0]) for unit in find_units(INTERVIEW)[0]]
    assert found == [
        ("heading", "AN"),
        ("para", "Where"),
        ("turn", "By"),
        ("turn", "Und"),
        ("item", "a"),
        ("item", "a"),
        ("para", "The"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_keeps_its_shape_when_every_word_changes(newline: str) -> None:
    data = INTERVIEW.replace("\n", newline).encode()
    document = read_document("a.txt", data)
    assert identity(document, "en").data == data
    pseudo = pseudo_translate(document, "en")
    assert pseudo.structure_kept
    assert pseudo.reached == pseudo.letters == sum(map(str.isalpha, INTERVIEW))
    assert set(re.findall(r"\r\n|\n|\r", pseudo.data.decode())) == {newline}


def test_a_wrapped_turn_is_wrapped_under_itself() -> None:
    target = "Am Fluss. Dort hatten wir ein Boot, und jeden Morgen ruderte mein Bruder damit ans andere Ufer."
    assert (
        "- Am Fluss. Dort hatten wir ein Boot, und jeden Morgen ruderte mein Bruder\n"
        "  damit ans andere Ufer.\n" in written(INTERVIEW, target, 2)
    )


def test_a_translation_makes_no_new_paragraph() -> None:
    source = "The mill has stood there for two hundred years and its wheel\nstill turns.\n"
    for target in [
        "Erstens.\n\nZweitens.",
        "Zu Hause.\r\n- Nein.\u2029Doch.",
        "Die Mühle steht seit zweihundert Jahren, und ihr Rad dreht sich. Es dreht sich noch immer.",
        "Die Mühle steht dort seit sehr langer Zeit, und zwar seit dem Jahre\u2028 1. Mai - so heißt es.",
    ]:
        document = read_document("a.txt", written(source, target).encode())
        assert [unit.text for unit in document.units] == [fold(target)]


def test_a_japanese_paragraph_is_wrapped_to_its_columns() -> None:
    source = "春になると庭の桜が咲きはじめ、近所の子どもたちが毎日のように遊びに\nくる。\n"
    target = "夏になると川のほとりの水車がまわりはじめ、町の人たちが毎日のように見にくる。"
    lines = written(source, target, language="ja").splitlines()
    assert "".join(lines) == target
    assert max(map(columns, lines)) <= columns(source.splitlines()[0])


def test_an_empty_target_leaves_an_empty_place() -> None:
    assert written("- Yes.\n- No.\n", "") == "- \n- No.\n"


@given(
    st.text(st.sampled_from("ab 字。「」한é-1.。"), max_size=60).map(lambda text: " ".join(text.split())),
    st.integers(1, 30),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_wrapped_lines_fold_back_to_the_text(text: str, width: int, first: int, other: int) -> None:
    lines = wrap(text, width, first=first, other=other, unfit=lambda rest: rest.startswith("-"))
    assert fold("\n".join(lines)) == text
    assert not any(line.startswith("-") for line in lines[1:])


@given(st.text(st.sampled_from("ab 字"), max_size=60), st.integers(0, 50), st.integers(1, 20))
def test_no_line_ends_inside_a_protected_span(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    assert any(text[span.slice()] in line for line in wrap(text, 5, protected=[span]))


def test_lines_are_filled_to_the_width_and_a_long_word_stays_whole() -> None:
    assert wrap("aa bb cc", 5) == ["aa bb", "cc"]
    assert wrap("aa bb cc", 5, first=3) == ["aa", "bb cc"]
    assert wrap("aa bbbbbbbb cc", 5) == ["aa", "bbbbbbbb", "cc"]
    assert wrap("aa  bb", 2) == ["aa  bb"]
    assert wrap("“春の日", 4, ambiguous=2) == ["“春", "の日"]
    assert wrap("", 5) == [""]


def test_cjk_lines_neither_begin_nor_end_with_the_wrong_sign() -> None:
    assert wrap("春が来た。", 8) == ["春が来", "た。"]
    assert wrap("春が来「はい」", 8) == ["春が来", "「はい」"]
    assert wrap("春が来た。「はい」", 8) == ["春が来", "た。「は", "い」"]
