import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import Fact, bead_digest, fact_digest, new_entry

TEXTS = st.text(max_size=8)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=3)


def test_a_digest_has_twelve_hexadecimal_digits_and_stays_the_same_for_ever() -> None:
    assert fact_digest([("I never left.", "Ich bin nie mehr gegangen.")]) == "459197724564"


@given(PAIRS, PAIRS)
def test_different_beads_have_different_digests(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    assert (fact_digest(one) == fact_digest(other)) == (one == other)


def test_a_text_that_moves_over_a_border_changes_the_digest() -> None:
    assert fact_digest([("ab", "c")]) != fact_digest([("a", "bc")])
    assert fact_digest([("a", "b"), ("c", "d")]) != fact_digest([("a", "b"), ("cd", "")])


def test_a_digest_covers_every_plural_form() -> None:
    entry = new_entry(msgid="day", msgid_plural="days", msgstr_plural={0: "Tag", 1: "Tage"})
    other = entry.replace(msgstr_plural={0: "Tag", 1: "Tagen"})
    assert entry.digest() != other.digest()
    assert entry.digest() != entry.replace(msgid_plural="all days").digest()


def test_a_digest_does_not_cover_comments_flags_and_context() -> None:
    entry = new_entry(msgid="day", msgstr="Tag")
    other = entry.replace(msgctxt="noun", comments=("short",), flags=("fuzzy",))
    assert entry.digest() == other.digest()


def test_a_bead_of_one_entry_has_the_digest_of_the_entry() -> None:
    entry = new_entry(msgid="day", msgstr="Tag")
    assert entry.digest() == bead_digest([entry]) == fact_digest([("day", "Tag")])


@given(st.lists(st.from_regex(r"[^\s]{1,6}", fullmatch=True), min_size=1, max_size=4))
def test_a_fact_is_read_as_it_was_written(words: list[str]) -> None:
    fact = Fact(words[0], tuple(words[1:]), "0123456789ab")
    assert Fact.parse(str(fact)) == fact


@pytest.mark.parametrize(
    "line",
    ["hx:", "hx: cont", "hx: cont 0123", "hx: cont 0123456789AB", "hx:cont 0123456789ab", "hx: 0123456789ab",
     "see hx: cont 0123456789ab", "hx: cont 0123456789ab.", ""],
)  # fmt: skip
def test_what_is_not_quite_a_fact_is_none(line: str) -> None:
    assert Fact.parse(line) is None


@pytest.mark.parametrize(
    ("kind", "args", "digest"),
    [("", (), "0123456789ab"), ("two words", (), "0123456789ab"), ("tm", ("a\nb",), "0123456789ab"),
     ("tm", ("",), "0123456789ab"), ("tm", (), "0123"), ("tm", (), "0123456789AB")],
)  # fmt: skip
def test_a_fact_that_could_not_be_read_back_cannot_be_made(kind: str, args: tuple[str, ...], digest: str) -> None:
    with pytest.raises(ValueError, match="a fact is words"):
        Fact(kind, args, digest)
