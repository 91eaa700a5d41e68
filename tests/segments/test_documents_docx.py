import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.documents import Document, identity, pseudo_translate, read_document, split_unit, write_document
from segments.errors import DocumentError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types><Override ContentType="{MAIN}"/></Types>'
STYLE = '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
STYLES = f'<w:styles xmlns:w="{W}">{STYLE}</w:styles>'
BOLD = "<w:rPr><w:b/></w:rPr>"


def docx(body: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", TYPES)
        target.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        target.writestr("word/styles.xml", STYLES)
        for name, text in (parts or {}).items():
            target.writestr(name, text)
    return stream.getvalue()


def read(body: str, parts: dict[str, str | bytes] | None = None) -> Document:
    return read_document("letter.docx", docx(body, parts), "en")


def texts(document: Document) -> list[str]:
    return [unit.text for unit in document.units]


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def r(words: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def text_box(words: str, attributes: str = "") -> str:
    content = f"<w:txbxContent>{p(r(words))}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape{attributes}><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"


def part(data: bytes, name: str = "word/document.xml") -> str:
    with ZipFile(BytesIO(data)) as source:
        return source.read(name).decode()


def written(document: Document, *targets: str, language: str = "de") -> str:
    return part(write_document(document, dict(enumerate(targets)), language))


def shown(xml: str) -> str:
    """Return the characters of all runs, without their tags."""
    return "".join(re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>", xml))


def test_neighbouring_runs_that_look_alike_are_one_text() -> None:
    spelling = '<w:proofErr w:type="spellStart"/>'
    other = '<w:rPr><w:lang w:val="en-GB"/></w:rPr>'
    document = read(p(r("It ") + r("rai", other) + spelling + '<w:r w:rsidR="1"><w:t>ned.</w:t></w:r>'))
    assert texts(document) == ["It rained."]


def test_runs_that_look_otherwise_than_most_of_the_paragraph_stand_in_tags() -> None:
    document = read(p(r("It ") + r("really", BOLD) + r(" rained all day.")) + p(r("All ", BOLD) + r("bold.", BOLD)))
    assert texts(document) == ["It {1}really{/1} rained all day.", "All bold."]


def test_tabs_breaks_notes_bookmarks_and_drawings_are_placeholders() -> None:
    note = '<w:r><w:rPr><w:rStyle w:val="n"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    mark = '<w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/>'
    document = read(p("<w:r><w:t>Name</w:t><w:tab/><w:t>Place</w:t></w:r>" + note + r(" and ") + mark + r("time.")))
    assert texts(document) == ["Name{1/}Place{2/} and {3/}time."]


def test_placeholders_around_all_text_stay_where_they_are() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="here"/>'
    document = read(p(mark + "<w:r><w:tab/></w:r>" + r("Rain.") + '<w:bookmarkEnd w:id="1"/>'))
    assert texts(document) == ["Rain."]
    assert written(document, "Regen.").index("bookmarkStart") < written(document, "Regen.").index("Regen.")


def test_links_and_insertions_are_pairs_and_a_pair_around_everything_is_none() -> None:
    link = f'<w:hyperlink r:id="rId1">{r("the sea", BOLD)}</w:hyperlink>'
    document = read(p(r("We saw ") + link + r(".")) + p(link) + p(f'<w:ins w:id="3">{r("New.")}</w:ins>'))
    assert texts(document) == ["We saw {1}the sea{/1}.", "the sea", "New."]


def _field(code: str, result: str) -> str:
    kinds = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = kinds
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{r(result)}{end}"


def test_a_field_is_a_pair_around_its_result_or_a_placeholder_where_that_is_a_number() -> None:
    document = read(p(r("See ") + _field("REF a", "the table") + r(" on page ") + _field("PAGEREF a", "12") + r(".")))
    assert texts(document) == ["See {1}the table{/1} on page {2/}."]
    simple = '<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>"
    assert texts(read(p(r("Page ") + simple + r(" of many")))) == ["Page {1/} of many"]


def test_deleted_text_is_not_translated() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>Snow.</w:delText></w:r></w:del>'
    assert texts(read(p(r("Rain") + gone + r(" again.")))) == ["Rain{1/} again."]


def test_every_part_and_every_text_in_a_drawing_is_reached() -> None:
    box = p(text_box("Boxed.", ' alt="A box"') + r("Outside."))
    picture = p('<w:r><w:drawing><wp:docPr id="1" name="b.png" descr="A gull" title="Bird"/></w:drawing></w:r>')
    ruby = p(
        "<w:r><w:ruby><w:rt><w:r><w:t>ame</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>rain</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    header = f"<w:hdr {SPACES}>{p(r('On top.'))}</w:hdr>"
    chart = (
        f"<c:chart xmlns:c='urn:c' {SPACES}><a:p><a:r><a:rPr lang='en'/><a:t>Rain by month</a:t></a:r></a:p></c:chart>"
    )
    note = p("<w:r><w:footnoteRef/></w:r>" + r(" A note."))
    notes = f"<w:footnotes {SPACES}><w:footnote>{note}</w:footnote></w:footnotes>"
    parts: dict[str, str | bytes] = {
        "word/header1.xml": header,
        "word/charts/chart1.xml": chart,
        "word/footnotes.xml": notes,
    }
    document = read(box + picture + ruby, parts)
    found = ["A box", "Boxed.", "Outside.", "A gull", "Bird", "ame", "rain", "On top.", "Rain by month", " A note."]
    assert texts(document) == found
    targets = {i: f"{text}!" for i, text in enumerate(texts(document))}
    again = read_document("letter.docx", write_document(document, targets, "en"), "en")
    assert texts(again) == [f"{text}!" for text in found]


def test_a_text_box_in_the_middle_of_a_sentence_is_translated_with_it() -> None:
    box = text_box("Inside.")
    document = read(p(r("Before ") + box + r(" after.")))
    assert texts(document) == ["Before {1/} after.", "Inside."]
    xml = written(document, "Danach{1/} davor.", "Drinnen.")
    assert shown(xml) == "DanachDrinnen. davor."
    assert shown(written(document, "Danach{1/} davor.")) == "DanachInside. davor."


def test_kinds_tell_headings_in_any_language_of_word_lists_cells_and_notes() -> None:
    heading = p('<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>' + r("Rain"))
    item = p("<w:pPr><w:numPr/></w:pPr>" + r("First"))
    cell = f"<w:tbl><w:tr><w:tc>{p(r('Noon'))}</w:tc></w:tr></w:tbl>"
    assert [unit.kind for unit in read(heading + item + cell + p(r("Text."))).units] == [
        "heading",
        "item",
        "cell",
        "para",
    ]


def test_a_translation_is_written_in_runs_that_look_as_its_tags_say() -> None:
    document = read(p(r("It ") + r("really", BOLD) + r(" rained &amp; stopped.")))
    xml = written(document, "Es hat {1}wirklich{/1} geregnet & <aufgehört>.")
    assert shown(xml) == "Es hat wirklich geregnet &amp; &lt;aufgehört&gt;."
    assert '<w:r><w:rPr><w:b/><w:lang w:val="de"/></w:rPr><w:t>wirklich</w:t></w:r>' in xml
    moved = written(document, "{1}Wirklich{/1}: es hat geregnet.")
    assert moved.index("<w:b/>") < moved.index("Wirklich") < moved.index("es hat")


def test_a_link_takes_its_look_along_and_a_note_its_own() -> None:
    link = f'<w:hyperlink r:id="rId1">{r("the sea", "<w:rPr><w:u/></w:rPr>")}</w:hyperlink>'
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    document = read(p(r("We saw ") + link + note + r(".")))
    xml = written(document, "{2/}{1}Das Meer{/1} haben wir gesehen.")
    assert xml.index("footnoteReference") < xml.index("<w:hyperlink") < xml.index("<w:u/>") < xml.index("Das Meer")
    assert xml.index("Das Meer") < xml.index("</w:hyperlink>") < xml.index("haben wir")
    assert "<w:u/>" not in xml[xml.index("</w:hyperlink>") :]


@pytest.mark.parametrize("target", ["{1}Wir.", "{1}Wir{/1}{1}.{/1}", "{/1}Wir{1}.", "{1}Wir{/1} {2/}."])
def test_a_translation_with_other_tags_than_its_source_is_refused(target: str) -> None:
    document = read(p(r("It really ") + r("rained", BOLD)))
    with pytest.raises(DocumentError, match=r"tag|pair|nested"):
        written(document, target)


def test_an_empty_run_is_none() -> None:
    document = read(p(r("We saw ") + '<w:r w:rsidR="1"/>' + f"<w:hyperlink>{r('the sea')}</w:hyperlink>" + r(".")))
    xml = written(document, "Wir sahen {1}das Meer{/1}.")
    assert "<w:hyperlink><w:r>" in xml
    assert "<w:t>das Meer</w:t></w:r></w:hyperlink><w:r>" in xml


def test_a_sentence_that_is_left_out_takes_its_tags_along_but_no_end_of_a_field_or_bookmark() -> None:
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    mark = '<w:bookmarkEnd w:id="1"/>'
    document = read(p(r("It rained.") + "<w:r><w:tab/></w:r>" + mark + r(" We ") + end + r("stayed.")))
    assert texts(document) == ["It rained.{1/} We {2/}stayed."]
    xml = written(document, "Wir blieben.")
    assert shown(xml) == "Wir blieben."
    assert mark in xml
    assert end in xml
    assert mark in written(document, "")


def test_what_is_translated_says_its_language_and_runs_its_way() -> None:
    table = f"<w:tbl><w:tblPr><w:tblW w:w='0'/></w:tblPr><w:tr><w:tc>{p(r('Noon'))}</w:tc></w:tr></w:tbl>"
    heading = p('<w:pPr><w:jc w:val="center"/></w:pPr>' + r("Rain", BOLD))
    document = read(heading + table + "<w:sectPr><w:docGrid/></w:sectPr>")
    xml = written(document, "باران", "ظهر", language="fa")
    assert '<w:pPr><w:bidi/><w:jc w:val="center"/></w:pPr>' in xml
    assert '<w:rPr><w:b/><w:bCs/><w:rtl/><w:lang w:val="fa" w:bidi="fa"/></w:rPr>' in xml
    assert "<w:p><w:pPr><w:bidi/></w:pPr>" in xml
    assert "<w:tblPr><w:bidiVisual/><w:tblW" in xml
    assert "<w:sectPr><w:bidi/><w:docGrid/></w:sectPr>" in xml
    back = read_document("letter.docx", docx(xml[xml.index("<w:body>") + 8 : xml.index("</w:body>")]), "fa")
    assert texts(back) == ["باران", "ظهر"]
    again = written(back, "雨", "正午", language="ja")
    assert "bidi" not in again
    assert "rtl" not in again
    assert '<w:lang w:val="ja" w:eastAsia="ja"/>' in again


@pytest.mark.parametrize(
    ("look", "language", "written_look"),
    [
        ('<w:i/><w:sz w:val="28"/>', "ar", '<w:i/><w:iCs/><w:sz w:val="28"/><w:szCs w:val="28"/><w:rtl/>'),
        ('<w:b w:val="0"/><w:bCs/>', "he", '<w:b w:val="0"/><w:bCs/><w:rtl/>'),
        ("<w:bCs/><w:rtl/>", "de", "<w:b/><w:bCs/><w:lang"),
        ('<w:bCs/><w:rtl w:val="0"/>', "de", "<w:rPr><w:bCs/><w:lang"),
        ("<w:b/>", "de", "<w:b/><w:lang"),
        ("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>", "fa", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"),
    ],
)
def test_what_is_bold_stays_bold_where_the_script_changes(look: str, language: str, written_look: str) -> None:
    document = read(p(r("Rain", f"<w:rPr>{look}</w:rPr>")))
    assert written_look in written(document, "Regen", language=language)


def test_what_stays_in_the_source_language_stays_byte_for_byte() -> None:
    first, second = p(r("Rain.")), p(r("Snow"))
    document = read(first + second)
    assert second in written(document, "باران.", language="fa")
    assert first not in written(document, "باران.", language="fa")


def test_identity_is_the_same_bytes_and_a_pseudo_translation_keeps_the_structure() -> None:
    link = f'<w:hyperlink r:id="rId1">{r("the sea", BOLD)}</w:hyperlink>'
    body = p(r("We saw ") + link + r(". It was calm. ") + _field("REF a", "Really") + r("!")) + p("<w:r><w:br/></w:r>")
    document = read(body)
    assert identity(document, "en").data == document.archive
    pseudo = pseudo_translate(document, "en")
    assert pseudo.structure_kept
    assert pseudo.reached == pseudo.letters > 0


def test_sentences_are_cut_across_runs() -> None:
    (unit,) = read(p(r("It rai") + r("ned. We st", BOLD.replace("b/", "noProof/")) + r("ayed."))).units
    assert [unit.text[span.slice()] for span in split_unit(unit, "en")] == ["It rained.", "We stayed."]


def test_other_prefixes_encodings_and_spaces_between_tags_are_read() -> None:
    run = "\n   <x:r>\n    <x:t>Größe &#8211; 雨</x:t>\n   </x:r>\n"
    footer = f'<x:ftr xmlns:x="{W}">\n  <x:p>{run}  </x:p>\n </x:ftr>'
    xml = f'<?xml version="1.0" encoding="UTF-16"?>\n{footer}'
    data = xml.encode("utf-16")
    document = read("", {"word/footer1.xml": data})
    assert texts(document) == ["Größe – 雨"]
    out = write_document(document, {0: "Ölgemälde"}, "de")
    with ZipFile(BytesIO(out)) as source:
        footer = source.read("word/footer1.xml").decode("utf-16")
    assert '<x:r><x:rPr><x:lang x:val="de"/></x:rPr><x:t>Ölgemälde</x:t></x:r>' in footer


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=6)
LOOKS = st.sampled_from(["", BOLD, "<w:rPr><w:i/></w:rPr>", "<w:rPr><w:b/><w:noProof/></w:rPr>"])


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


RUNS = st.builds(lambda words, look: r(_escaped(words), look), WORDS, LOOKS)
ALONE = st.sampled_from(
    ["<w:r><w:tab/></w:r>", '<w:bookmarkEnd w:id="1"/>', '<w:proofErr w:type="gramEnd"/>', "<w:r/>"]
    + [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    + ["<w:r><w:rPr><w:b/></w:rPr><w:tab/><w:t>x</w:t><w:br/></w:r>", "<w:r><w:instrText>IF</w:instrText></w:r>"]
)
CONTENT = st.recursive(
    RUNS | ALONE,
    lambda inner: st.builds(
        lambda parts, name: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.lists(inner, max_size=4),
        st.sampled_from(["hyperlink", "ins", "sdt", "fldSimple", "del"]),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(st.lists(CONTENT, max_size=6).map(lambda parts: p("".join(parts))), max_size=3).map("".join))
def test_any_paragraphs_are_rebuilt_from_their_sentences_and_keep_their_structure_when_translated(body: str) -> None:
    data = docx(p(r("Rain.")) + body)
    document = read_document("letter.docx", data, "en")
    assert identity(document, "en").data == data
    for unit in document.units:
        assert unit.raw == document.parts[unit.part].text[unit.extent.slice()]
    pseudo = pseudo_translate(document, "en")
    assert pseudo.structure_kept
