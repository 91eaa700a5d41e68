"""A whole day in a real browser without a mouse: from an empty project to the built document."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from workflow.project import Project, open_project

pytestmark = pytest.mark.browser

LETTER = "# The Mill\n\nThe mill stands by the river. It is older than the bridge. Every Sunday it is open.\n"
BRIEF = "# Die Mühle\n\nDie Mühle steht am Fluss. Sie ist älter als die Brücke. Jeden Sonntag ist sie offen.\n"
LATER = LETTER.replace("older than the bridge", "younger than the bridge") + "\nBring a friend.\n"
OTHER = (
    "# Rechnung\n\nBitte überweisen Sie 14 Euro. Vielen Dank!\n\n1. Schrauben\n2. Nägel\n3. Leim\n4. Farbe\n5. Pinsel\n"
)
MOST_STOPS = 120


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "town"
    command = [sys.executable, "-m", "workflow.cli", "init", str(folder), "--source", "en", "--target", "de,fa"]
    subprocess.run(command, check=True, capture_output=True)
    return open_project(folder)


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


def upload(page: Page, name: str, content: str, place: int = 0) -> None:
    drawn(page)
    wanted = page.get_by_role("button", name="Upload", exact=True).nth(place)
    go_to(page, wanted)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content.encode()})
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
