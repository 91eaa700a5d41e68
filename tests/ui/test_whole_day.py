"""A whole day in a real browser without a mouse: from an empty project to the built document."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from workflow.intake import Incoming, take_document, take_translation
from workflow.project import Project, open_project
from workflow.settings import habits

pytestmark = pytest.mark.browser

LETTER = "# The Mill\n\nThe mill stands by the river. It is older than the bridge. Every Sunday it is open.\n"
BRIEF = "# Die Mühle\n\nDie Mühle steht am Fluss. Sie ist älter als die Brücke. Jeden Sonntag ist sie offen.\n"
LATER = LETTER.replace("older than the bridge", "younger than the bridge") + "\nBring a friend.\n"
LIST = "1. میز\n2. صندلی\n3. چراغ\n4. کتاب\n5. قلم\n6. دفتر\n7. کاغذ\n8. پنجره\n9. در\n10. دیوار\n"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
MOST_STOPS = 120


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "town"
    command = [sys.executable, "-m", "workflow.cli", "init", str(folder), "--source", "en", "--target", "de,fa"]
    subprocess.run(command, check=True, capture_output=True)
    return open_project(folder)


@pytest.fixture
def page(page: Page) -> Page:
    page.on("filechooser", lambda _: None)  # a browser that is told only just before may still open a dialog
    return page


def drawn(page: Page) -> None:
    """Wait until the page is drawn to its end: what stands below a message may still be of before."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def go_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press the key until the keyboard is on what is wanted."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        if wanted.evaluate("e => e === e.getRootNode().activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page: Page, name: str, role: str = "button", key: str = "Tab") -> None:
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    go_to(page, wanted, key)
    page.keyboard.press("Enter")


def upload(page: Page, name: str, content: str | bytes, place: int = 0) -> None:
    drawn(page)
    wanted = page.get_by_role("button", name="Upload", exact=True).nth(place)
    go_to(page, wanted)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    data = content.encode() if isinstance(content, str) else content
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": data})
    expect(page.get_by_text(name, exact=True).first).to_be_visible()
    drawn(page)


def choose(page: Page, label: str, option: str) -> None:
    wanted = page.get_by_role("combobox", name=label)
    go_to(page, wanted)
    page.keyboard.type(option)
    expect(page.get_by_role("option", name=option)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)
    drawn(page)


def said(page: Page, words: str) -> None:
    expect(page.get_by_test_id("stAlert").filter(has_text=words)).to_be_visible()
    drawn(page)


def many(text: str) -> bytes:
    """A text that takes a while."""
    return "".join(text.replace(".", f" {number}.") for number in range(800)).encode()


@pytest.fixture
def mill(project: Project) -> Project:
    take_document(project, Incoming("mill.md", LETTER.encode()))
    take_translation(project, Incoming("muehle.md", BRIEF.encode()), "de", "mill.md")
    return project


def test_a_document_is_added_paired_aligned_reviewed_and_built_by_keys_alone(page: Page, project: Project) -> None:
    page.goto("/")
    press(page, "Add the first document", "link")
    expect(page.get_by_role("heading", name="Documents", exact=True)).to_be_visible()
    upload(page, "mill.md", LETTER)
    press(page, "Add the document")
    said(page, "Added: 4 sentences.")

    upload(page, "muehle.md", BRIEF)
    choose(page, "Language of the file", "German")
    press(page, "Add and align the translation")
    said(page, "Added and aligned: 4 beads")

    press(page, "See the alignment", "link")
    align = page.locator(".hexapla.aligner[data-ready]")
    expect(align.locator(".row.active")).to_contain_text("The Mill")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator(".progress")).to_contain_text("1 of 4 beads confirmed")
    expect(page.locator(".hexapla")).to_have_attribute("data-unsaved", "0")

    page.keyboard.press("e")
    expect(page.locator(".hexapla textarea").first).to_be_visible()
    page.keyboard.press("Alt+Home")
    for _ in range(4):
        page.keyboard.press("Control+Enter")
    expect(page.locator(".hexapla")).to_have_attribute("data-unsaved", "0")

    press(page, "Overview", "link", "Shift+Tab")
    expect(page.get_by_text("100% confirmed").first).to_be_visible()
    press(page, "Build", "link", "Shift+Tab")
    press(page, "Compile and build")
    said(page, "Made: 4 files.")
    with page.expect_download() as download:
        press(page, "Download this file")
    assert download.value.path().read_text(encoding="utf-8") == BRIEF
    assert project.output_path("mill.md", "de").read_text(encoding="utf-8") == BRIEF
    assert project.catalog_path("mill.md", "de").with_suffix(".mo").exists()


def test_a_pair_that_does_not_belong_together_is_said_before_it_is_taken(page: Page, mill: Project) -> None:
    page.goto("/documents")
    upload(page, "list.md", LIST)
    choose(page, "Language of the file", "Persian")
    press(page, "Add and align the translation")
    said(page, "These two texts may not belong together.")
    assert mill.translation_path("mill.md", "fa") is None
    press(page, "Leave it")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    press(page, "Add and align the translation")
    said(page, "These two texts may not belong together.")
    press(page, "Add it all the same")
    said(page, "Added and aligned")
    assert mill.translation_path("mill.md", "fa") is not None


def test_a_new_version_is_looked_at_before_it_is_taken(page: Page, mill: Project) -> None:
    page.goto("/documents")
    upload(page, "mill.md", LATER, place=1)
    press(page, "Compare with the new version")
    expect(page.get_by_role("heading", name="What the new version of mill.md changes")).to_be_visible()
    expect(page.get_by_text("Sentences that stay: 3; changed: 1; new: 1; gone: 0.")).to_be_visible()
    assert mill.document_path("mill.md").read_text(encoding="utf-8") == LETTER
    drawn(page)
    press(page, "Take the new version")
    said(page, "The new version is taken.")
    assert mill.document_path("mill.md").read_text(encoding="utf-8") == LATER


def test_long_work_is_cancelled_and_leaves_nothing(page: Page, project: Project) -> None:
    take_document(project, Incoming("book.md", many(LETTER)))
    page.goto("/documents")
    upload(page, "buch.md", many(BRIEF))
    choose(page, "Language of the file", "German")
    press(page, "Add and align the translation")
    press(page, "Cancel", key="Shift+Tab")
    said(page, "Cancelled. Nothing was changed.")
    assert project.translation_path("book.md", "de") is None
    assert not project.alignment_path("book.md", "de").exists()


def test_an_archive_bomb_is_refused_in_a_sentence(page: Page, project: Project) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(200 << 20))
    page.goto("/documents")
    upload(page, "bomb.docx", data.getvalue())
    press(page, "Add the document")
    said(page, "This did not work. Nothing was changed.")
    expect(page.get_by_text("bomb.docx: ")).to_contain_text("MiB")
    assert project.documents() == []


def test_the_options_of_the_project_are_changed_by_keys(page: Page, project: Project) -> None:
    page.goto("/settings")
    go_to(page, page.get_by_role("textbox", name="Languages to translate into"))
    page.keyboard.press("Control+a")
    page.keyboard.type("de, xx-no")
    press(page, "Save the languages")
    said(page, "This did not work. Nothing was changed.")
    go_to(page, page.get_by_role("textbox", name="Abbreviations that end no sentence, one a line"))
    page.keyboard.type("Bhf.")
    press(page, "Save the rules")
    said(page, "Saved.")
    assert habits(open_project(project.root)).abbreviations == ("Bhf.",)
    press(page, "Keys of the review page", "link", "Shift+Tab")
    expect(page).to_have_url(re.compile("/review"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page: Page, mill: Project, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("/", "/documents", "/settings", "/build"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        drawn(page)
        if path == "/build":
            press(page, "Compile and build")
            said(page, "Made: 4 files.")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], path
