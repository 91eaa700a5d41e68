import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from locales import State, read_catalog
from segments.documents import read_document
from workflow.cli import main
from workflow.entries import beads, write_bead

Run = Callable[..., Result]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>"


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    stream = BytesIO()
    with ZipFile(stream, "w") as target:
        target.writestr("[Content_Types].xml", TYPES)
        target.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        target.writestr("word/media/picture.png", bytes(range(256)))
        target.writestr("word/embeddings/table.xlsx", b"PK")
    return stream.getvalue()


LETTER = docx(
    '<w:r><w:t xml:space="preserve">We stayed </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>at home</w:t></w:r>'
    '<w:r><w:t xml:space="preserve">. It rained.</w:t></w:r>',
    "<w:r><w:t>Tea &amp; cake</w:t></w:r>",
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("letter.docx").write_bytes(LETTER)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


@pytest.fixture
def town(run: Run) -> Run:
    assert run("init", ".", "--source", "en", "--target", "fa").exit_code == 0
    assert run("add", "letter.docx").exit_code == 0
    path = Path("locales/fa/LC_MESSAGES/letter.docx.po")
    catalog = read_catalog(path)
    texts = {"We stayed {1}at home{/1}.": "ما {1}در خانه{/1} ماندیم.", "Tea & cake": "چای و کیک"}
    for bead in list(beads(catalog)):
        if bead.head.msgid in texts:
            write_bead(catalog, bead.entries, texts[bead.head.msgid], State.TRANSLATED)
    path.write_bytes(catalog.to_bytes())
    return run


def test_a_word_document_is_built_with_what_is_translated_and_all_else_as_it_was(town: Run) -> None:
    done = town("build")
    assert done.exit_code == 0, done.output
    data = Path("out/fa/letter.docx").read_bytes()
    texts = [unit.text for unit in read_document("letter.docx", data).units]
    assert texts == ["ما {1}در خانه{/1} ماندیم. It rained.", "چای و کیک"]
    with ZipFile(BytesIO(data)) as built:
        assert built.read("word/media/picture.png") == bytes(range(256))
        assert b"<w:bidi/>" in built.read("word/document.xml")


@pytest.mark.parametrize("arrangement", ["rows", "columns"])
def test_a_bilingual_word_document_shows_both_sides_as_they_read(town: Run, arrangement: str) -> None:
    done = town("build", "--bilingual", arrangement, "--docx")
    assert done.exit_code == 0, done.output
    path = Path("out/fa/letter.docx.bilingual.docx")
    data = path.read_bytes()
    texts = [unit.text for unit in read_document(path.name, data).units]
    assert texts == ["We stayed at home.", "ما در خانه ماندیم.", "It rained.", "Tea & cake", "چای و کیک"]
    with ZipFile(BytesIO(data)) as built:
        xml = built.read("word/document.xml").decode()
    assert ("<w:tbl>" in xml) is (arrangement == "columns")
    assert '<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:val="fa" w:bidi="fa"/></w:rPr>' in xml
    assert town("build", "--bilingual", arrangement, "--docx").exit_code == 0
    assert path.read_bytes() == data


def test_a_bilingual_word_document_needs_an_arrangement(town: Run) -> None:
    done = town("build", "--docx")
    assert done.exit_code == 2
    assert "--bilingual" in done.output


def test_a_trial_names_what_of_a_word_document_is_not_read(run: Run) -> None:
    done = run("pseudo", "letter.docx", "--identity", "-o", "same.docx", "--json")
    assert done.exit_code == 0, done.output
    trial = json.loads(done.stdout)
    assert (trial["format"], trial["identical"], trial["structure_kept"]) == ("docx", True, True)
    assert trial["letters"] == trial["reached"]
    assert trial["aside"] == ["word/embeddings/table.xlsx: embedded"]
    assert Path("same.docx").read_bytes() == LETTER
    assert "not read: word/embeddings/table.xlsx: embedded" in run("pseudo", "letter.docx").stdout


def test_office_formats_are_listed(run: Run) -> None:
    listed = {row["name"]: row["extensions"] for row in json.loads(run("formats", "--json").stdout)}
    assert listed["docx"] == [".docx", ".docm", ".dotx", ".dotm"]
    assert listed["odt"] == [".odt", ".ott"]
    assert listed["epub"] == [".epub"]
