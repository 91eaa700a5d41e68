import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from segments.documents import encodable, identity, read_document, write_document
from segments.errors import DocumentError

MARKDOWN = """\
---
title: A day out
tags: [sea, rain]
---

# By the sea { #sea }

It *rained* all day. We stayed
at home.

- Tea
- [ ] `cake`

| When | Where |
|------|-------|
| noon | here  |

<aside>
  A wet day.
</aside>

```
code stays
```
"""

BYTES = st.binary(max_size=200) | st.text(max_size=200).map(str.encode)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_encodings_marks_and_newlines_are_kept(newline: str, mark: bytes, encoding: str) -> None:
    data = mark + MARKDOWN.replace("\n", newline).encode(encoding)
    document = read_document("day.md", data)
    (part,) = document.parts
    assert (part.encoding, part.bom) == (encoding, mark)
    assert "It {1}rained{/1} all day. We stayed at home." in [unit.text for unit in document.units]
    assert identity(document, "en").data == data
    index = [unit.text for unit in document.units].index("Tea")
    written = write_document(document, {index: "Чай"}, "ru")
    assert written == data.replace("Tea".encode(encoding), "Чай".encode(encoding))


def test_mixed_newlines_stay_and_new_lines_take_the_paragraph_s_own() -> None:
    data = b"One line\r\nof two.\r\n\r\nAnother line\nof two.\r\r"
    document = read_document("mixed.md", data)
    assert write_document(document, {}, "de") == data
    written = write_document(document, {0: "Eine Zeile von zweien.", 1: "Und noch eine Zeile von zweien."}, "de")
    assert written == b"Eine\r\nZeile\r\nvon\r\nzweien.\r\n\r\nUnd noch\neine Zeile\nvon zweien.\r\r"


@settings(deadline=None)
@given(BYTES, st.sampled_from(["a.md", "a.txt"]))
@example(b"\xef\xbb\xbfa", "a.md")
@example(b"---\ntitle: 'a''b' # c\n---\n", "a.md")
@example(b"a\x0b\x85 b", "a.txt")
def test_what_can_be_read_is_written_back_byte_for_byte(data: bytes, name: str) -> None:
    try:
        document = read_document(name, data)
    except DocumentError:
        return
    assert write_document(document, {}, "de") == data
    assert identity(document, "en").data == data


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\xef\xbb\xbf", "no text to translate"),
        ("code.md", b"```\ncode\n```\n", "no text to translate"),
        ("mark.md", codecs.BOM_UTF8, "no text to translate"),
        ("letter.docx", b"PK\x03\x04rest", "archive is damaged"),
        ("letter.txt", b"%PDF-1.7", "a PDF"),
        ("letter.rtf", b"{\\rtf1", "RTF"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1", "old office document"),
        ("picture.txt", b"ab\0cd", "binary"),
        ("page.htm", b"<pre>Hello</pre>", "no text to translate"),
        ("letter.docx", b"plain", "not the archive that its name promises"),
        ("torn.txt", codecs.BOM_UTF8 + b"ab\xff", "byte 5 is not valid utf-8"),
        ("unsure.txt", "Größe".encode("cp1252"), "encoding is not sure"),
        ("torn.txt", b"\x81\x8d\x8f", "encoding is not sure"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_with_a_remedy(name: str, data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refusal:
        read_document(name, data)
    assert str(refusal.value).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("de", "cp1252", "Die Bäckerei öffnet um sieben. Größe und Straße."),
        ("pl", "cp1250", "Dziś jest ładna pogoda. Dzieci bawią się w ogrodzie."),
        ("ru", "cp1251", "Сегодня хорошая погода. Дети играют в саду."),
        ("ru-RU", "koi8_r", "Сегодня хорошая погода. Дети играют в саду."),
        ("tr", "cp1254", "Bugün hava çok güzel. Çocuklar bahçede oynuyor."),
        ("el", "cp1253", "Σήμερα ο καιρός είναι καλός."),
        ("he", "cp1255", "היום מזג האוויר יפה."),
        ("ar", "cp1256", "الطقس جميل اليوم."),
        ("ja", "cp932", "今日は天気がいいです。"),
        ("ja", "euc_jp", "今日は天気がいいです。"),
        ("ko", "cp949", "오늘 날씨가 좋습니다."),
        ("zh", "gb18030", "今天天气很好。"),
        ("zh-Hant", "big5", "今天天氣很好。"),
        ("th", "cp874", "วันนี้อากาศดี"),
    ],
)
def test_an_older_encoding_is_told_by_the_language_and_kept(language: str, encoding: str, text: str) -> None:
    document = read_document("old.txt", text.encode(encoding), language)
    assert document.text == text
    assert identity(document, language).data == text.encode(encoding)


def test_an_older_encoding_is_told_without_the_language_where_it_is_plain() -> None:
    text = "Сегодня хорошая погода. Дети играют в саду, а мы пьём чай на веранде."
    assert read_document("old.txt", text.encode("cp1251")).text == text


def test_a_translation_that_the_encoding_lacks_is_written_in_utf8() -> None:
    document = read_document("old.txt", "Schöne Grüße.\n\nBis bald.".encode("cp1252"), "de")
    assert encodable(document, {0: "Très bien."})
    assert write_document(document, {0: "Très bien."}, "fr") == "Très bien.\n\nBis bald.".encode("cp1252")
    assert not encodable(document, {0: "Gözəl."})
    assert write_document(document, {0: "Gözəl."}, "az") == "Gözəl.\n\nBis bald.".encode()


def test_a_target_that_is_no_text_or_belongs_nowhere_is_refused() -> None:
    document = read_document("a.txt", b"Hello.")
    with pytest.raises(DocumentError, match=r"a\.txt: .*udc80"):
        write_document(document, {0: "Hi\udc80"}, "de")
    with pytest.raises(DocumentError, match="there is no unit 1"):
        write_document(document, {1: "Hallo."}, "de")


def test_names_tell_the_format() -> None:
    assert read_document("README", b"Hello.").format == "text"
    assert read_document("docs/guide.MD", b"Hello.").format == "markdown"
    assert read_document("a/b.c/notes.txt", b"# Hello").units[0].text == "# Hello"
