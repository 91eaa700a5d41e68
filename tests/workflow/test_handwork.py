"""A person has the last word on where a sentence ends."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.documents import read_document
from workflow.errors import ProjectError, WorkflowError
from workflow.handwork import cut_by_hand, join_by_hand
from workflow.records import UnitRecord, digest
from workflow.segmenting import Version, segment
from workflow.streaming import sentences

TEXT = "The mill is old. It stands by the river. Nobody uses it."


def version(text: str, old: Version | None = None) -> Version:
    document = read_document("a.txt", text.encode(), "en")
    if old is None:
        return segment(document, "en")
    known = {record.id: tuple(part.text for part in parts) for _, record, parts in old.unit_segments()}
    return segment(document, "en", old.records, lambda record: known[record.id])


def texts(of: Version) -> list[str]:
    return list(of.texts().values())


def sentences_of(record: UnitRecord, text: str) -> list[str]:
    return [text[span.slice()] for span in record.spans()]


def joined() -> Version:
    before = version(TEXT)
    (record,) = before.records
    return Version("en", before.document, (join_by_hand(record, TEXT, record.segment_ids[0]),))


def test_joined_sentences_are_one_and_keep_an_id() -> None:
    assert texts(joined()) == ["The mill is old. It stands by the river.", "Nobody uses it."]
    assert list(joined().segments)[1] == list(version(TEXT).segments)[2]


def test_a_sentence_is_cut_after_the_words_it_begins_with() -> None:
    before = version(TEXT)
    (record,) = before.records
    cut = cut_by_hand(record, TEXT, record.segment_ids[1], "It stands")
    assert sentences_of(cut, TEXT) == ["The mill is old.", "It stands", "by the river.", "Nobody uses it."]
    assert len(set(cut.numbers)) == 4


def test_joining_what_was_cut_undoes_it() -> None:
    before = version(TEXT)
    (record,) = before.records
    cut = cut_by_hand(record, TEXT, record.segment_ids[1], "It stands")
    undone = join_by_hand(cut, TEXT, cut.segment_ids[1])
    assert undone.cuts == ()
    assert undone.lengths == record.lengths


@given(st.text(min_size=1), st.integers(1, 30))
def test_a_cut_keeps_the_text_and_joining_makes_it_whole(text: str, offset: int) -> None:
    record = UnitRecord("b", "para", digest(text), (1,), (len(text),), ("", ""), 2, "s")
    try:
        cut = cut_by_hand(record, text, "b.1", text[:offset])
    except ProjectError:
        return
    assert cut.fits(text)
    assert all(sentence.strip() for sentence in sentences_of(cut, text))
    assert (cut.numbers, cut.next_number) == ((1, 2), 3)
    assert sentences_of(join_by_hand(cut, text, "b.1"), text) == [text]


def test_tags_are_cut_as_the_catalog_numbers_them() -> None:
    text = "{1/} Rain. {2}Sun{/2} and {3/} wind."
    record = UnitRecord("b", "para", digest(text), (1, 2), (10, 25), ("", " ", ""), 3, "s")
    assert sentences_of(cut_by_hand(record, text, "b.2", "{1}Sun{/1} and"), text)[1:] == [
        "{2}Sun{/2} and",
        "{3/} wind.",
    ]
    for beginning in ("{1}Su", "{1}Sun{/1} and {2"):
        with pytest.raises(ProjectError, match="not cut inside a tag"):
            cut_by_hand(record, text, "b.2", beginning)


def test_handwork_survives_an_update_of_the_text_around_it() -> None:
    after = version(TEXT.replace("Nobody uses", "Hardly anybody uses"), joined())
    assert texts(after)[0] == "The mill is old. It stands by the river."
    assert after.records[0].cuts


def test_handwork_is_forgotten_where_its_place_is_gone() -> None:
    after = version(TEXT.replace("is old. It stands", "was new. Now it is"), joined())
    assert not after.records[0].cuts


def test_what_cannot_be_cut_or_joined_is_refused() -> None:
    (record,) = version(TEXT).records
    for beginning in ("", "It", "The mill is old."):
        with pytest.raises(ProjectError, match="begins with"):
            cut_by_hand(record, TEXT, record.segment_ids[0], beginning)
    with pytest.raises(ProjectError, match="last sentence"):
        join_by_hand(record, TEXT, record.segment_ids[2])


def test_a_text_in_parts_is_cut_as_it_is_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ("\ufeff" + "\n\n".join([TEXT, "# Über uns", "- Wohin?\n- Ans Meer. Morgen."] * 20)).encode()
    whole = texts(segment(read_document("a.txt", data, "de"), "de"))
    for size in (7, 64, 1000):
        monkeypatch.setattr("workflow.streaming._PART", size)
        done: list[int] = []
        assert list(sentences(BytesIO(data), "de", None, done.append)) == whole
        assert done[-1] == len(data)


def test_a_text_in_parts_has_to_be_utf_8() -> None:
    with pytest.raises(WorkflowError, match="byte 4"):
        list(sentences(BytesIO(b"Gr\xc3\xbc\xdfe"), "de", None, lambda done: None))
