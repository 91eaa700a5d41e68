"""Texts with their sentences, for people to read and add to: input, ``---``, one sentence a line, ``===``."""

from pathlib import Path

import pytest

from segments import split

CASES = [
    (path.stem, *case.split("\n---\n"))
    for path in sorted((Path(__file__).parent / "golden").glob("*.txt"))
    for case in path.read_text(encoding="utf-8").strip("\n").split("\n===\n")
]


@pytest.mark.parametrize(("language", "text", "sentences"), CASES)
def test_a_text_is_cut_into_the_sentences_that_a_reader_sees(language: str, text: str, sentences: str) -> None:
    assert [text[span.slice()] for span in split(text, language)] == sentences.split("\n")
