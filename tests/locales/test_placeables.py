"""What of a text is placed and not translated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.placeables import only_placeables, placeables


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open {1}the door{/1}{2/}.", ("{1}", "{/1}", "{2/}")),
        ("{} of {total} in {user.name} {0:.2f} {x!r}", ("{}", "{total}", "{user.name}", "{0:.2f}", "{x!r}")),
        ("%s has %d of %(count)d, %5.1f %2$s %@ %ld", ("%s", "%d", "%(count)d", "%5.1f", "%2$s", "%@", "%ld")),
        ('Press <a href="x">here</a><br/>.', ('<a href="x">', "</a>", "<br/>")),
        ("Run `make %s` now.", ("`make %s`",)),
        ("See (https://example.org/a?b=c), please.", ("https://example.org/a?b=c",)),
        ("Write to help@example.org.", ("help@example.org",)),
        ("Bilet {1}bu gün{/1} alınır.", ("{1}", "{/1}")),
        ("به {name} خوش آمدید", ("{name}",)),
        ("请访问 https://example.org/帮助。", ("https://example.org/帮助",)),
    ],
)
def test_placeables_are_found_in_order(text: str, found: tuple[str, ...]) -> None:
    assert placeables(text) == found


@pytest.mark.parametrize(
    "text",
    ["", "Plain words.", "50 % sure", "100% of it", "5 < 6 > 4", "a {b c} d", "{\n}", "`open", "me @ home", "a% b"],
)
def test_prose_has_none(text: str) -> None:
    assert placeables(text) == ()


@pytest.mark.parametrize(
    "text", ["", "12.5 %", "3 – 4", "https://example.org", "`x = 1`", "{1}%s{/1}", "۱۲٫۵", "…", "👍"]
)
def test_numbers_signs_and_code_alone_leave_nothing_to_translate(text: str) -> None:
    assert only_placeables(text)


@pytest.mark.parametrize("text", ["Page 3", "{1}Go{/1}", "صفحهٔ ۳", "第三页", "x", "`a` b"])
def test_a_single_word_is_to_be_translated(text: str) -> None:
    assert not only_placeables(text)


@given(st.text())
def test_every_placeable_stands_in_the_text_in_this_order(text: str) -> None:
    place = 0
    for found in placeables(text):
        place = text.index(found, place) + len(found)
        assert found


@pytest.mark.parametrize("sign", ["`", "a", "句", "<a", "{", "%(", "%-", "http://", "a@b.", "a+", "`a`"])
def test_a_mebibyte_of_one_sign_does_not_stop_the_program(sign: str) -> None:
    """By the square of the length, a run of letters or of backticks would take an hour."""
    text = sign * (2**20 // len(sign))
    assert len(placeables(text)) * 3 <= len(text)
