from collections.abc import Iterator
from io import BytesIO

import pytest

from segments.documents import read_document
from workflow import streaming
from workflow.errors import WorkflowError
from workflow.segmenting import segment
from workflow.streaming import sentences

TEXT = "A day out\n\nIt rained, so Mr. Hill stayed.\nWe went on.\n\n- Where? By the sea.\n- Why?\n\n雨だ。帰ろう。\n\n"


def whole(text: str) -> list[str]:
    version = segment(read_document("day.txt", text.encode(), "en"), "en")
    return [each.text for _, _, segments in version.unit_segments() for each in segments]


def parts(text: bytes) -> Iterator[str]:
    return sentences(BytesIO(text), "en", None, lambda done: None)


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_a_text_in_parts_has_the_sentences_of_the_whole(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(streaming, "_PART", size)
    assert list(parts(TEXT.encode() * 5)) == whole(TEXT * 5)
    windows = TEXT.replace("\n", "\r\n").encode()
    assert list(parts(b"\xef\xbb\xbf" + windows)) == whole(TEXT)


def test_a_text_without_blank_lines_is_parted_at_white_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_PART", 50)
    monkeypatch.setattr(streaming, "_LONGEST", 100)
    assert list(parts(b"It rained. " * 50)) == ["It rained."] * 50


def test_it_says_how_many_bytes_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_PART", 10)
    shown: list[int] = []
    list(sentences(BytesIO(TEXT.encode()), "en", None, shown.append))
    assert shown == sorted(shown)
    assert shown[-1] == len(TEXT.encode())
    assert len(shown) > 1


def test_what_is_not_utf_8_is_refused_by_its_place() -> None:
    with pytest.raises(WorkflowError, match="byte 7: not UTF-8"):
        list(parts(b"Good.\n\n\xff"))
