"""The pages in a real browser: what a reviewer sees and does."""

import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from locales import State
from workflow.project import Project
from workflow.review import decide
from workflow.rows import Row, rows

pytestmark = pytest.mark.browser


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option, exact=True).click()


def open_review(page: Page, document: str, language: str) -> None:
    page.goto("/review")
    choose(page, "Document", document)
    choose(page, "Language", language)
    expect(page.get_by_label(f"Translation ({language})")).to_be_visible()


def stored(project: Project, language: str, number: int) -> Row:
    return rows(project, "interview.txt", language)[number]


def test_the_progress_page_shows_every_language_and_a_chart(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("Words left")).to_be_visible()
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("canvas, svg").first).to_be_visible()
    for language in ("Azerbaijani", "Turkish", "Russian", "German", "Persian"):
        expect(page.get_by_text(language).first).to_be_attached()


def test_confirming_writes_the_catalog_and_shows_the_next_sentence(page: Page, project: Project) -> None:
    open_review(page, "interview.txt", "German")
    editor = page.get_by_label("Translation (German)")
    first, second = stored(project, "de", 0), stored(project, "de", 1)
    expect(editor).to_have_value(first.target)
    editor.fill("Eine Treppe und viele Bücher")
    editor.press("Control+Enter")
    expect(editor).to_have_value(second.target)
    now = stored(project, "de", 0)
    assert (now.target, now.state) == ("Eine Treppe und viele Bücher", State.TRANSLATED)
    assert stored(project, "de", 1).state is State.DRAFT


def test_a_conflict_shows_both_texts_and_overwrites_neither(page: Page, project: Project) -> None:
    open_review(page, "interview.txt", "German")
    editor = page.get_by_label("Translation (German)")
    editor.fill("Mein Text")
    decide(project, "interview.txt", "de", stored(project, "de", 0), "Der andere Text", State.TRANSLATED)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Not saved.")).to_be_visible()
    expect(page.get_by_text("Mein Text")).to_be_visible()
    expect(page.get_by_text("Der andere Text").first).to_be_visible()
    assert stored(project, "de", 0).target == "Der andere Text"


def test_persian_runs_from_right_to_left(page: Page) -> None:
    open_review(page, "interview.txt", "Persian")
    editor = page.get_by_label("Translation (Persian)")
    assert editor.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"


def test_hostile_text_is_shown_as_text_and_no_other_host_is_asked(page: Page, project: Project) -> None:
    hostile = "![x](http://elsewhere.invalid/a.png) <img src=http://elsewhere.invalid/b.png onerror=alert(1)>"
    row = stored(project, "de", 1)
    decide(project, "interview.txt", "de", row, hostile, State.DRAFT)
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto("/")
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    open_review(page, "interview.txt", "German")
    expect(page.get_by_text(hostile).first).to_be_visible()
    assert hosts - {None} == {"127.0.0.1"}


PLURALS = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: shop.py
#, python-format
msgid "%(n)s book"
msgid_plural "%(n)s books"
msgstr[0] ""
msgstr[1] ""
"""


def test_plural_forms_are_edited_one_by_one_with_numbers_that_take_them(page: Page, project: Project) -> None:
    template = project.root.parent / "shop.pot"
    template.write_text(PLURALS)
    command = [sys.executable, "-m", "workflow.cli", "add", str(template)]
    subprocess.run(command, cwd=project.root, check=True, capture_output=True)
    page.goto("/review")
    choose(page, "Document", "shop.pot")
    choose(page, "Language", "Russian")
    for number, text in (("1, 21", "книга"), ("2, 3", "книги"), ("0, 5", "книг")):
        page.get_by_label(f"Russian, for {number}").fill(f"%(n)s {text}")
    page.get_by_role("button", name="Confirm and next").click()
    expect(page.get_by_text("Nothing left here")).to_be_visible()
    (row,) = rows(project, "shop.pot", "ru")
    assert [form.text for form in row.forms] == ["%(n)s книга", "%(n)s книги", "%(n)s книг"]
    assert row.state is State.TRANSLATED
