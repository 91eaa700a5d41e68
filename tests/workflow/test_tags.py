"""Tags from the catalog to the document and back: checked, matched, never breaking what is built."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import State, read_catalog
from segments.documents import Segment, fragment
from workflow.cli import main
from workflow.entries import beads, write_bead
from workflow.project import open_project
from workflow.rows import rows
from workflow.tagging import matched_tags, numbered_on, plain_translation, tag_notes, translation_problems

Run = Callable[..., Result]
SOURCE = '# A *day* out\n\nThe [mill](mill.md "An old mill") stands **still**. Use `tea`.\n\n- One **bus**\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


@pytest.fixture
def town(run: Run) -> Run:
    Path("day.md").write_text(SOURCE)
    assert run("init", ".", "--source", "en", "--target", "de").exit_code == 0
    assert run("add", "day.md").exit_code == 0
    return run


def translate(texts: dict[str, str], state: State = State.TRANSLATED) -> None:
    path = open_project(Path()).catalog_path("day.md", "de")
    catalog = read_catalog(path)
    for bead in list(beads(catalog)):
        if bead.head.msgid in texts:
            write_bead(catalog, bead.entries, texts[bead.head.msgid], state)
    path.write_bytes(catalog.to_bytes())


def sentence(raw: str) -> Segment:
    return fragment(raw, "markdown")[0]


def test_a_template_says_what_each_tag_stands_for(town: Run) -> None:
    (entry,) = [e for e in read_catalog(Path("locales/day.md.pot")) if e.msgid.startswith("The")]
    assert entry.msgid == "The {1}mill{/1} stands {2}still{/2}."
    assert entry.extracted == ("para", '{1}: […](mill.md "An old mill")', "{2}: **…**")
    (title,) = [e for e in read_catalog(Path("locales/day.md.pot")) if e.msgid == "An old mill"]
    assert title.extracted == ("attribute", "title")


def test_tags_move_and_swap_in_what_is_built(town: Run) -> None:
    translate(
        {
            "The {1}mill{/1} stands {2}still{/2}.": "{2}Still{/2} steht die {1}Mühle{/1}.",
            "Use {1/}.": "Nimm {1/}.",
            "An old mill": 'Eine "alte" Mühle',
        }
    )
    assert town("build").exit_code == 0
    built = Path("out/de/day.md").read_text()
    assert '**Still** steht die [Mühle](mill.md "Eine \\"alte\\" Mühle"). Nimm `tea`.\n' in built


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("Die {1}Mühle{/1} steht.", "the pair {2}…{/2} is lost"),
        ("Die {1}Mühle{/1} {2}steht{/2} {2}still{/2}.", "the pair {2}…{/2} comes more than once"),
        ("Die {1}Mühle {2}steht{/1} still{/2}.", "the pair {1}…{/1} is wrongly nested"),
        ("Die {1}Mühle{/1} {2}steht{/2} {3/}.", "the tag {3/} is not in the source"),
    ],
)
@pytest.mark.parametrize(
    ("fallback", "built"),
    [
        ("source", 'The [mill](mill.md "An old mill") stands **still**. Nimm `tea`.'),
        ("mark", '⟦The [mill](mill.md "⟦An old mill⟧") stands **still**.⟧ Nimm `tea`.'),
        ("omit", "Nimm `tea`."),
    ],
)
def test_wrong_tags_are_reported_and_never_built(
    town: Run, target: str, problem: str, fallback: str, built: str
) -> None:
    translate({"The {1}mill{/1} stands {2}still{/2}.": target, "Use {1/}.": "Nimm {1/}."})
    checked = town("check", "locales/de/LC_MESSAGES/day.md.po")
    assert checked.exit_code == 1
    assert problem.split(", ")[0] in checked.stdout
    done = town("build", "--untranslated", fallback)
    assert done.exit_code == 1
    assert problem in done.stderr
    paragraphs = Path("out/de/day.md").read_text().split("\n\n")
    assert paragraphs[1] == built
    rows = json.loads(town("build", "--json").stdout)
    assert rows[0]["tags"][0]["problem"] == problem


def test_a_check_of_drafts_is_asked_for_and_other_notations_are_left_alone(town: Run) -> None:
    translate({"Use {1/}.": "Nimm."}, State.DRAFT)
    assert town("check", "locales/de/LC_MESSAGES/day.md.po").exit_code == 0
    assert town("check", "--drafts", "locales/de/LC_MESSAGES/day.md.po").exit_code == 1
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    Path("java.po").write_text(header + 'msgid "{1} of {2}"\nmsgstr "{2}"\n')
    assert town("check", "java.po").exit_code == 0


def test_a_translation_across_two_paragraphs_has_no_tags_to_move(town: Run) -> None:
    path = open_project(Path()).catalog_path("day.md", "de")
    catalog = read_catalog(path)
    entries = [e for e in catalog if e.msgid in ("An old mill", "One {1}bus{/1}")]
    write_bead(catalog, entries, "Mühle und {1}Bus{/1}.", State.TRANSLATED)
    path.write_bytes(catalog.to_bytes())
    done = town("build")
    assert done.exit_code == 1
    assert "tags are of another paragraph" in done.stderr
    assert "- One **bus**" in Path("out/de/day.md").read_text()


@pytest.mark.parametrize(
    ("sources", "targets", "joined"),
    [
        (["a *b* **c**"], ["**C** *B*"], "{2}C{/2} {1}B{/1}"),
        (["a [b](x.md)"], ["[B](de/x.md)"], "{1}B{/1}"),
        (["a `b`"], ["A `c`"], "A {1/}"),
        (["a"], ["A `c` *d*"], "A c d"),
        (["a *b*", "`c` d"], ["`c` D *B*"], "{2/} D {1}B{/1}"),
        (["a *b* `c`"], ["A *B*", "`c`"], "A {1}B{/1} {2/}"),
        (["a <b>b</b>"], ["<b class='x'>B</b> <i>c</i>"], "{1}B{/1} c"),
    ],
)
def test_tags_of_an_existing_translation_are_those_of_its_source(
    sources: list[str], targets: list[str], joined: str
) -> None:
    found = matched_tags([sentence(raw) for raw in sources], [sentence(raw) for raw in targets], " ")
    assert found == joined


def test_tags_of_a_bead_are_numbered_on() -> None:
    texts = ["a {1}b{/1}", "{1/} c"]
    assert numbered_on(texts) == ["a {1}b{/1}", "{2/} c"]
    assert translation_problems(texts, "{2/} {1}B{/1}") == []
    assert translation_problems(texts, "{1}B{/1}") == ["the tag {2/} is lost"]
    assert translation_problems(texts, "") == []


def test_a_note_is_short_and_a_plain_text_has_no_tags() -> None:
    long = sentence(f"a [b]({'x' * 200})")
    (note,) = tag_notes(long)
    assert len(note) < 100
    assert plain_translation([sentence("a *b* `c`")], "{2/} {1}B{/1}{7/}") == "c B"


def test_the_aligner_reads_no_tags(town: Run) -> None:
    Path("tag.md").write_text(SOURCE.replace("The", "Die").replace("One", "Ein"))
    assert town("add", "tag.md", "--lang", "de", "--of", "day.md").exit_code == 0
    translations = {e.msgid: e.msgstr for e in read_catalog(Path("locales/de/LC_MESSAGES/day.md.po"))}
    assert translations["The {1}mill{/1} stands {2}still{/2}."] == "Die {1}mill{/1} stands {2}still{/2}."


@pytest.mark.parametrize("arrangement", ["rows", "columns"])
def test_a_bilingual_page_shows_both_sides_as_they_read(town: Run, arrangement: str) -> None:
    translate({"Use {1/}.": "Nimm <{1/}>."})
    translate({"A {1}day{/1} out": "Ein {1}Ausflug{/1}"}, State.DRAFT)
    done = town("build", "--bilingual", arrangement, "--lang", "de")
    assert done.exit_code == 0
    page = Path("out/de/day.md.bilingual.html").read_text()
    assert "Nimm &lt;tea&gt;." in page
    assert "heading draft" in page
    assert page.count('lang="de" dir="ltr"') == 5
    assert not Path("out/de/day.md").exists()


def test_an_encoding_that_lacks_characters_is_named(run: Run) -> None:
    Path("day.txt").write_bytes("Größe und Straße. Schöne Grüße.".encode("cp1252"))
    assert run("init", ".", "--source", "de", "--target", "az").exit_code == 0
    assert run("add", "day.txt").exit_code == 0
    path = Path("locales/az/LC_MESSAGES/day.txt.po")
    catalog = read_catalog(path)
    write_bead(catalog, [next(iter(catalog))], "Ölçü və küçə.", State.TRANSLATED)
    path.write_bytes(catalog.to_bytes())
    done = run("build")
    assert done.exit_code == 0
    assert "cp1252 lacks characters of the translation" in done.stderr
    assert Path("out/az/day.txt").read_text() == "Ölçü və küçə. Schöne Grüße."


def test_a_reviewer_sees_what_tags_stand_for_and_cannot_confirm_wrong_ones(town: Run) -> None:
    project = open_project(Path())
    (row,) = [row for row in rows(project, "day.md", "de") if row.source[0].startswith("The")]
    assert row.notes == ('{1}: […](mill.md "An old mill")', "{2}: **…**")
    edit = ["edit", "day.md", row.id, "--lang", "de", "--text", "Die {1}Mühle{/1}."]
    assert "the pair {2}…{/2} is lost; mend the translation" in town(*edit).stderr
    assert town(*edit, "--state", "draft").exit_code == 0
    (confirmed,) = json.loads(town("confirm", "day.md", "--lang", "de", "--query", "state:draft", "--json").stdout)
    assert (confirmed["confirmed"], confirmed["left"]) == (0, 1)


def test_tags_of_a_bead_are_shown_numbered_on(town: Run) -> None:
    path = open_project(Path()).catalog_path("day.md", "de")
    catalog = read_catalog(path)
    both = [e for e in catalog if e.msgid in ("The {1}mill{/1} stands {2}still{/2}.", "Use {1/}.")]
    write_bead(catalog, both, "{1}Mühle{/1} {2}steht{/2} {3/}.", State.TRANSLATED)
    path.write_bytes(catalog.to_bytes())
    (row,) = [row for row in rows(open_project(Path()), "day.md", "de") if len(row.source) == 2]
    assert row.source[1] == "Use {3/}."
    assert row.notes[-1] == "{3/}: `tea`"
    assert town("build").exit_code == 0
    assert "[Mühle](mill.md" in Path("out/de/day.md").read_text()
