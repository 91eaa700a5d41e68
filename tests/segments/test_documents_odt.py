from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.documents import Document, identity, pseudo_translate, read_document, write_document
from segments.errors import DocumentError

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{prefix}="{OASIS}:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    ]
)
DEFAULT = (
    '<style:default-style style:family="paragraph"><style:paragraph-properties style:writing-mode="page"/>'
    '<style:text-properties fo:language="en" fo:country="GB"/></style:default-style>'
)
PAGE = '<style:page-layout style:name="p"><style:page-layout-properties fo:margin="1cm"/></style:page-layout>'
TYPE = "application/vnd.oasis.opendocument.text"


def odt(body: str, header: str = "", manifest: str = "<manifest/>", media_type: str = TYPE) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        target.writestr("mimetype", media_type, ZIP_STORED)
        target.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
        target.writestr(
            "styles.xml", f"<office:document-styles {SPACES}>{DEFAULT}{PAGE}{header}</office:document-styles>"
        )
        target.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def read(body: str, header: str = "") -> Document:
    return read_document("letter.odt", odt(body, header), "en")


def texts(document: Document) -> list[str]:
    return [unit.text for unit in document.units]


def part(data: bytes, name: str = "content.xml") -> str:
    with ZipFile(BytesIO(data)) as source:
        return source.read(name).decode()


def p(content: str) -> str:
    return f"<text:p>{content}</text:p>"


def test_paragraphs_headings_cells_and_headers_are_reached() -> None:
    table = f"<table:table><table:table-cell>{p('Noon')}</table:table-cell></table:table>"
    body = f"<text:h>Rain</text:h>{p('All day.')}{table}"
    document = read(body, f"<style:header>{p('On top')}</style:header>")
    assert [(unit.kind, unit.text) for unit in document.units] == [
        ("heading", "Rain"),
        ("para", "All day."),
        ("cell", "Noon"),
        ("para", "On top"),
    ]


def test_spans_and_links_are_pairs_and_tabs_spaces_and_breaks_placeholders() -> None:
    words = "It <text:span>really</text:span> rained<text:s text:c='3'/>all<text:tab/>day<text:line-break/>long."
    assert texts(read(p(words))) == ["It {1}really{/1} rained{2/}all{3/}day{4/}long."]
    assert texts(read(p("<text:span><text:a>All of it</text:a></text:span>"))) == ["All of it"]


def test_spaces_are_read_as_the_format_reads_them() -> None:
    assert texts(read(p("\n   It  rained\n   all day.\n  "))) == ["It rained all day."]


def test_a_note_and_a_frame_are_translated_by_themselves_in_the_sentence_they_stand_in() -> None:
    citation = "<text:note-citation>1</text:note-citation>"
    note = f"<text:note>{citation}<text:note-body>{p('A note.')}</text:note-body></text:note>"
    about = "<svg:title>Box</svg:title><svg:desc>A box</svg:desc>"
    frame = f"<draw:frame><draw:text-box>{p('Boxed.')}</draw:text-box>{about}</draw:frame>"
    document = read(p(f"It rained{note} all{frame} day."))
    assert texts(document) == ["It rained{1/} all{2/} day.", "A note.", "Boxed.", "Box", "A box"]
    assert [unit.kind for unit in document.units] == ["para", "footnote", "para", "attribute", "attribute"]
    xml = part(write_document(document, {0: "Den{2/} ganzen Tag{1/}.", 1: "Eine Anmerkung.", 4: "Ein <Kasten>"}, "de"))
    assert xml.index("Den") < xml.index("Ein &lt;Kasten&gt;") < xml.index("ganzen Tag") < xml.index("Eine Anmerkung.")
    assert "Boxed." in xml


def test_computed_numbers_are_placeholders_and_computed_words_are_not() -> None:
    fields = "Page <text:page-number>3</text:page-number> of <text:title>The walk</text:title>"
    assert texts(read(p(fields))) == ["Page {1/} of {2}The walk{/2}"]


def test_deleted_text_of_tracked_changes_is_not_translated() -> None:
    gone = f"<text:tracked-changes><text:deletion>{p('Snow.')}</text:deletion></text:tracked-changes>"
    assert texts(read(gone + p("Rain."))) == ["Rain."]


def test_a_translation_tells_its_language_and_direction_in_the_styles() -> None:
    document = read(p("Rain."))
    persian = part(write_document(document, {0: "باران."}, "fa"), "styles.xml")
    assert '<style:paragraph-properties style:writing-mode="rl-tb"/>' in persian
    assert 'fo:language="en" fo:country="GB" style:language-complex="fa" style:country-complex="none"' in persian
    assert '<style:page-layout-properties fo:margin="1cm" style:writing-mode="rl-tb"/>' in persian
    german = part(write_document(document, {0: "Regen."}, "de-AT"), "styles.xml")
    assert '<style:text-properties fo:language="de" fo:country="AT"/>' in german
    chinese = part(write_document(document, {0: "雨。"}, "zh"), "styles.xml")
    assert 'style:language-asian="zh"' in chinese
    assert part(write_document(document, {0: "Rain."}, "fa"), "styles.xml") == part(odt(""), "styles.xml")


def test_an_encrypted_document_and_one_of_another_kind_are_refused() -> None:
    locked = odt(p("Rain."), manifest="<manifest><encryption-data/></manifest>")
    with pytest.raises(DocumentError, match="encrypted"):
        read_document("letter.odt", locked)
    with pytest.raises(DocumentError, match="no ODT document"):
        read_document("letter.odt", odt(p("Rain."), media_type=TYPE.replace("text", "chart")))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=6).map(
    lambda words: words.replace("&", "&amp;").replace("<", "&lt;")
)
ALONE = st.sampled_from(
    ["<text:s/>", "<text:tab/>", "<!-- rain -->", "<![CDATA[<b>]]>", "<text:soft-page-break/>", "\n "]
)
CONTENT = st.recursive(
    WORDS | ALONE,
    lambda inner: st.builds(
        lambda parts, name: f"<text:{name}>{''.join(parts)}</text:{name}>",
        st.lists(inner, max_size=4),
        st.sampled_from(["span", "a", "ruby", "ruby-text", "date", "note", "p"]),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(CONTENT, max_size=6).map("".join))
def test_any_paragraph_is_rebuilt_from_its_sentences_and_keeps_its_structure_when_translated(content: str) -> None:
    data = odt(p("Rain.") + p(content))
    document = read_document("letter.odt", data, "en")
    assert identity(document, "en").data == data
    assert pseudo_translate(document, "en").structure_kept
