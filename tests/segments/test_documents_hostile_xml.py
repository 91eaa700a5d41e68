"""Documents made to do harm, or broken on the way: each is refused in one sentence that names it, or read as it is."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.documents import read_document, write_document
from segments.errors import DocumentError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>"
BODY = "<w:body><w:p><w:r><w:t>Rain.</w:t></w:r></w:p></w:body>"
PLAIN = f"<w:document {W}>{BODY}</w:document>"
ODT = "application/vnd.oasis.opendocument.text"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return stream.getvalue()


def docx(document: str | bytes, types: str = TYPES) -> bytes:
    return packed({"[Content_Types].xml": types, "word/document.xml": document})


def entities(declared: str, used: str) -> str:
    return f"<!DOCTYPE w [{declared}]>" + PLAIN.replace("Rain.", used)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DEEP = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
REFUSED = {
    "a billion laughs": (docx(entities(f'<!ENTITY l0 "ha">{LAUGHS}', "&l9;")), "declares entities"),
    "an entity that blows up by length": (
        docx(entities(f'<!ENTITY a "{"a" * 9999}">', "&a;" * 9999)),
        "declares entities",
    ),
    "a parameter entity": (docx(entities('<!ENTITY % a SYSTEM "http://localhost/a"> %a;', "")), "declares entities"),
    "an entity from elsewhere": (docx(entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")), "declares entities"),
    "an attribute list": (docx(entities('<!ATTLIST w:t a CDATA "b">', "")), "declares entities"),
    "an unknown entity": (docx(PLAIN.replace("Rain.", "&rain;")), "not well-formed"),
    "an element that does not end": (docx(PLAIN.replace("</w:p>", "")), "not well-formed"),
    "text that ends in a tag": (docx(PLAIN[:-4]), "not well-formed"),
    "nothing in a part": (docx(b""), "not well-formed"),
    "two roots": (docx(PLAIN + PLAIN), "not well-formed"),
    "an attribute that comes twice": (docx(PLAIN.replace("<w:p>", '<w:p a="1" a="2">')), "not well-formed"),
    "a NUL": (docx(PLAIN.replace("Rain.", "Ra\0in.")), "not well-formed"),
    "a control character": (docx(PLAIN.replace("Rain.", "&#1;")), "not well-formed"),
    "bytes that are not UTF-8": (docx(PLAIN.encode() + b"\xff"), "not valid utf-8"),
    "UTF-16 with half a character": (docx(b"\xff\xfe" + PLAIN.encode("utf-16-le")[:-1]), "not valid utf-16"),
    "another encoding than declared": (
        docx(b'<?xml version="1.0" encoding="ascii"?>' + "ö".encode()),
        "not valid ascii",
    ),
    "an encoding that nobody knows": (docx('<?xml version="1.0" encoding="rain-8"?>' + PLAIN), "not valid rain-8"),
    "an encoding that is none": (docx('<?xml version="1.0" encoding="zip"?>' + PLAIN), "not valid zip"),
    "elements five thousand deep": (docx(PLAIN.replace("<w:p>", f"<w:p>{DEEP}")), "too deep"),
    "a document without words": (docx(PLAIN.replace("Rain.", "…")), "no text to translate"),
    "a table under the name of a letter": (docx(PLAIN, types="<Types>spreadsheetml</Types>"), "no Word document"),
    "an archive of something else": (packed({"a.txt": "Rain."}), "no Word document"),
    "an ODT under another name": (packed({"mimetype": "application/zip", "content.xml": "<a/>"}), "no Word document"),
    "plain words": (b"Rain.", "not the archive"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_or_broken_document_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refusal:
        read_document("letter.docx", data)
    assert str(refusal.value).startswith("letter.docx: ")
    assert "\n" not in str(refusal.value)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
OTHER = f"<x:r {W.replace(':w', ':x')}><x:t>Rain.</x:t></x:r>"
READ = {
    "a document type that is not ours": '<!DOCTYPE w PUBLIC "-//A//B" "http://localhost/nowhere.dtd">' + PLAIN,
    "a tag in a comment": PLAIN.replace("<w:t>", "<!-- </w:t><w:p> --><w:t>"),
    "a comment among properties": PLAIN.replace("<w:r>", "<w:r><w:rPr><!-- </w:rPr> --><w:b/></w:rPr>"),
    "an instruction with an angle bracket": PLAIN.replace("<w:t>", "<?rain a > b ?><w:t>"),
    "an angle bracket in an attribute": PLAIN.replace("<w:r>", '<w:r w:rsidR="a > b />">'),
    "a prefix that is bound again": PLAIN.replace("<w:r>", '<w:r xmlns:w="urn:b"><w:t>a</w:t></w:r><w:r>'),
    "a prefix that is bound by a run": f"<w:document {W}><w:body><w:p>{OTHER}</w:p></w:body></w:document>",
    "fields that never end": PLAIN.replace("<w:r>", FIELD.format("begin") * 50 + "<w:r>"),
    "ends of fields that never began": PLAIN.replace("<w:r>", FIELD.format("end") * 50 + "<w:r>"),
}


@pytest.mark.parametrize("xml", READ.values(), ids=READ)
def test_an_odd_document_is_read_and_written_as_well_formed_as_it_was(xml: str) -> None:
    document = read_document("letter.docx", docx(xml))
    assert [unit.text for unit in document.units] == ["Rain."]
    assert write_document(document, {0: "Rain."}, "en") == docx(xml)
    again = read_document("letter.docx", write_document(document, {0: "باران."}, "fa"))
    assert [unit.text for unit in again.units] == ["باران."]


def test_nothing_outside_of_a_document_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    kinds = (f'<!DOCTYPE w SYSTEM "{secret.as_uri()}">', f'<?xml-stylesheet href="{secret.as_uri()}"?>')
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    for head in kinds:
        document = read_document("letter.docx", docx(head + PLAIN.replace("<w:r>", f"{include}<w:r>")))
        assert [unit.text for unit in document.units] == ["Rain."]
        assert b"swordfish" not in write_document(document, {0: "Regen."}, "de")


@pytest.mark.parametrize(
    ("name", "files", "said"),
    [
        ("a.odt", {"mimetype": ODT}, "no text to translate"),
        ("a.odt", {"mimetype": ODT, "content.xml": "<a>"}, "not well-formed"),
        ("a.odt", {"content.xml": "<a/>"}, "no ODT document"),
        ("a.odt", {"mimetype": ODT, "content.xml": entities('<!ENTITY a "b">', "&a;")}, "declares entities"),
        ("a.epub", {"mimetype": "application/epub+zip"}, "container.xml is missing"),
        ("a.epub", {"META-INF/container.xml": entities('<!ENTITY a "b">', "&a;")}, "declares entities"),
        ("a.txt", {"a.xml": "<a/>"}, "not text"),
    ],
)
def test_other_archives_are_refused_as_clearly(name: str, files: Mapping[str, str], said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refusal:
        read_document(name, packed(files))
    assert str(refusal.value).startswith(f"{name}: ")


@pytest.mark.parametrize("words", ["a\0b", "bell \a", "\ufffe", "\ud800"])
def test_a_translation_that_xml_cannot_hold_is_refused(words: str) -> None:
    with pytest.raises(DocumentError, match=r"no XML document can hold|is no character"):
        write_document(read_document("letter.docx", docx(PLAIN)), {0: words}, "de")


@settings(deadline=None)
@given(
    st.integers(0, len(PLAIN) - 1), st.sampled_from(["<", ">", "&", '"', "/", "]]>", "<!--", "<w:p>", "</w:p>", "\0"])
)
def test_a_document_with_anything_put_in_anywhere_is_read_or_refused(place: int, more: str) -> None:
    xml = PLAIN[:place] + more + PLAIN[place:]
    try:
        document = read_document("letter.docx", docx(xml))
    except DocumentError:
        return
    assert write_document(document, {i: unit.text for i, unit in enumerate(document.units)}, "en") == docx(xml)
