"""Laws of reading and writing, tried on catalogs that nobody would think of."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from random import Random

import polib
import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locales import Catalog, CatalogError, Fact, Fields, State, new_catalog, new_entry, parse_catalog

needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")

# Characters with a meaning in a PO file are as likely as all others together.
CHARACTERS = st.one_of(
    st.sampled_from('"\\\n\r\t\v\f\a #~|:,.[]é茶\u2028\x85\u2060x0n'),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\4"),
)
TEXTS = st.text(CHARACTERS, max_size=12)
# An empty context is none to Babel, and a header to polib.
PLAIN = st.text(st.sampled_from('"\\\nanx é茶\u2060'), min_size=1, max_size=12)
WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=6)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=8).filter(
    lambda line: Fact.parse(line) is None
)
FACTS = st.builds(Fact, WORDS, st.lists(WORDS, max_size=2).map(tuple), st.just("0123456789ab"))
REFERENCES = st.text(st.sampled_from("ab.#:1 é"), min_size=1, max_size=6).map(lambda name: f"a{name}b")
FLAGS = st.sampled_from(["fuzzy", "python-format", "no-wrap", "own flag"])


def tuples(elements: st.SearchStrategy[str], size: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(elements, max_size=size, unique=True).map(tuple)


@st.composite
def fields(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Fields:
    made: Fields = {
        "msgctxt": draw(st.none() | texts),
        "msgid": draw(texts),
        "msgstr": draw(texts),
        "obsolete": draw(st.booleans()),
        "comments": draw(tuples(LINES)),
        "facts": draw(st.lists(FACTS, max_size=2, unique=True).map(tuple)),
        "extracted": draw(tuples(LINES)),
        "references": draw(tuples(REFERENCES)),
        "flags": draw(tuples(FLAGS)),
        "previous_msgid": draw(st.none() | texts),
    }
    if made["previous_msgid"] is not None:
        made["previous_msgctxt"] = draw(st.none() | texts)
        made["previous_msgid_plural"] = draw(st.none() | texts)
    if draw(st.booleans()):
        made["msgid_plural"] = draw(texts)
        made["msgstr_plural"] = {0: made["msgstr"], 1: draw(texts)}
    return made


@st.composite
def catalogs(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Catalog:
    made = draw(st.lists(fields(texts), max_size=5, unique_by=lambda entry: (entry["msgctxt"], entry["msgid"])))
    # Without a context, the empty msgid is the header.
    return new_catalog("de", [new_entry(**each) for each in made if each["msgid"] or each["msgctxt"] is not None])


def texts(catalog: Catalog) -> list[tuple[object, ...]]:
    return [(entry.key, entry.forms(), entry.comments, entry.facts) for entry in catalog if not entry.obsolete]


def contents(catalog: Catalog) -> list[Fields]:
    return [entry.fields() for entry in catalog]


@given(fields())
def test_an_entry_says_what_it_was_made_of(made: Fields) -> None:
    assert {**new_entry(**made).fields(), **made} == new_entry(**made).fields()


@given(catalogs())
def test_what_is_written_is_read_as_it_was_meant(catalog: Catalog) -> None:
    again = parse_catalog(catalog.to_bytes())
    assert contents(again) == contents(catalog)
    assert again.to_bytes() == catalog.to_bytes()
    assert [entry.line for entry in again] == [entry.line for entry in catalog]


@given(catalogs())
def test_other_ends_of_lines_and_wrapping_change_no_text(catalog: Catalog) -> None:
    data = re.sub(rb'^(#~ )?(msg\w+(?:\[.\])?) "', rb'\1\2\t""\n\1"', catalog.to_bytes(), flags=re.MULTILINE)
    data = data.replace(b"\n", b"\r\n")
    again = parse_catalog(data)
    assert again.to_bytes() == data
    assert contents(again) == contents(catalog)


@given(catalogs(), st.data())
def test_an_edit_changes_only_the_lines_of_its_entry(catalog: Catalog, data: st.DataObject) -> None:
    catalog = parse_catalog(catalog.to_bytes())
    before = [entry.raw for entry in catalog]
    others = contents(catalog)
    if not before:
        return
    index = data.draw(st.integers(0, len(before) - 1))
    entry = list(catalog)[index]
    text = data.draw(TEXTS)
    catalog.translate(entry, text, state=data.draw(st.sampled_from([State.DRAFT, State.TRANSLATED])))
    after = [each.raw for each in catalog]
    assert after[:index] + after[index + 1 :] == before[:index] + before[index + 1 :]
    assert entry.msgstr == text
    again = parse_catalog(catalog.to_bytes())
    others[index] = entry.fields()
    assert contents(again) == others


@given(fields(), fields())
def test_a_replaced_entry_is_the_one_that_is_made_anew(old: Fields, new: Fields) -> None:
    blank = new_entry(msgid="").fields()
    complete: Fields = {**blank, **new}
    assert new_entry(**old).replace(**complete).fields() == new_entry(**new).fields()


@given(st.lists(fields(), max_size=5, unique_by=lambda entry: (entry["msgctxt"], entry["msgid"])), st.randoms())
def test_any_order_can_be_read_again(made: list[Fields], random: Random) -> None:
    entries = [new_entry(**each) for each in made if each["msgid"] or each["msgctxt"] is not None]
    catalog = new_catalog("de", entries)
    order = list(catalog)
    random.shuffle(order)
    catalog.arrange(order)
    assert list(catalog) == order
    assert contents(parse_catalog(catalog.to_bytes())) == contents(catalog)


def refusal(data: bytes) -> CatalogError | None:
    """Return why the bytes are refused; None where they are read and come back."""
    try:
        assert parse_catalog(data).to_bytes() == data
    except CatalogError as error:
        return error
    return None


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    error = refusal(data)
    assert error is None or 1 <= error.line <= data.count(b"\n") + 1


PIECES = st.sampled_from(
    [
        *("msgid ", "msgid_plural ", "msgstr ", "msgstr[0] ", "msgctxt ", '"a"', '"', "\\", "\n", "\r\n", " ", "x"),
        *("#", "# c\n", "#~ ", "#| ", "#, fuzzy\n", 'msgid "a"\n', 'msgstr "b"\n', "=======\n"),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=300)
def test_any_pieces_of_a_catalog_are_read_or_refused_for_a_reason(text: str) -> None:
    error = refusal(text.encode())
    assert error is None or 1 <= error.line <= text.count("\n") + 1
    assert "this cannot be read as an entry" not in str(error)


@needs_gettext
@given(catalogs(TEXTS.map(lambda text: text.strip("\n").replace("%", ""))))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_msgfmt_takes_what_is_written(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(catalog.to_bytes())
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True, capture_output=True)


@needs_gettext
@given(catalogs())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_msgcat_reads_the_same(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(catalog.to_bytes())
    written = subprocess.run(["msgcat", "--force-po", path], check=True, capture_output=True).stdout
    # msgcat leaves out an obsolete entry that has no translation.
    assert texts(parse_catalog(written)) == texts(catalog)


@given(catalogs(PLAIN))
@settings(max_examples=30)
def test_polib_reads_the_same(catalog: Catalog) -> None:
    for theirs, ours in zip(polib.pofile(catalog.to_bytes().decode()), catalog, strict=True):
        assert (theirs.msgctxt, theirs.msgid) == ours.key
        assert (theirs.msgid_plural or None) == (ours.msgid_plural or None)
        assert (theirs.msgstr_plural or {0: theirs.msgstr}) == dict(enumerate(ours.forms()))
        assert theirs.obsolete == ours.obsolete
        assert tuple(theirs.flags) == ours.flags


@given(catalogs(PLAIN))
@settings(max_examples=30)
def test_babel_reads_the_same(catalog: Catalog) -> None:
    # Babel takes the entry above a #~| for obsolete.
    catalog.arrange(entry for entry in catalog if not entry.obsolete)
    theirs = read_po(io.BytesIO(catalog.to_bytes()))
    for ours in catalog:
        message = theirs.get(ours.msgid, ours.msgctxt)
        assert message is not None
        string = message.string if isinstance(message.string, tuple) else (message.string,)
        assert list(string) == ours.forms()
