"""The pages in a real browser: what a reviewer sees, in Streamlit and in the plain page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from ui.tickets import issue_ticket
from ui.tokens import Role, project_signer
from workflow.project import Project

pytestmark = pytest.mark.browser


def test_the_overview_shows_every_language_and_a_way_to_what_is_doubtful(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("Sentences left")).to_be_visible()
    table = page.get_by_role("region", name="Progress by document and language")
    for language in ("Azerbaijani", "Turkish", "Russian", "German", "Persian"):
        expect(table.get_by_role("columnheader", name=language)).to_be_visible()
    expect(table.get_by_role("img").first).to_have_attribute("aria-label", "draft: 40")
    expect(page.get_by_text("its confidence is below 90%")).to_be_visible()
    look = page.get_by_role("link", name=re.compile(r"Look at \d+ doubtful bead")).first
    count = "".join(filter(str.isdigit, look.inner_text()))
    look.press("Enter")
    expect(page.locator(".hexapla.aligner[data-ready]")).to_be_attached()
    expect(page.locator(".row.active")).to_contain_text("The roof and the heating are new")
    expect(page.locator(".progress")).to_contain_text(f", {count} doubtful (confidence below 0.90)")


def test_the_overview_leads_to_the_least_sure_drafts(page: Page) -> None:
    page.goto("/")
    page.locator("summary", has_text="12 more").press("Enter")
    page.get_by_role("link", name="Confirm 40 drafts").first.press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value("state:draft sort:confidence")
    expect(page.locator(".row.active")).to_contain_text("Fifty-two.")


@pytest.mark.parametrize("path", ["/review", "/editor"])
def test_the_editor_fills_the_window_and_nothing_scrolls_around_it(page: Page, path: str) -> None:
    page.goto(f"{path}?document=interview.txt&language=fa")
    expect(page.locator(".hexapla textarea").first).to_be_visible()
    bottom = page.locator(".hexapla").evaluate("e => e.getBoundingClientRect().bottom")
    assert abs(bottom - 900) <= 1
    frame = page.locator("[data-testid=stMain]" if path == "/review" else "html")
    assert frame.evaluate("e => e.scrollHeight <= e.clientHeight")


def test_the_editor_is_there_again_after_another_page(page: Page) -> None:
    page.goto("/review")
    expect(page.locator(".hexapla textarea").first).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("Sentences left")).to_be_visible()
    expect(page.locator(".hexapla")).to_have_count(0)
    page.get_by_role("link", name="Review").click()
    expect(page.locator(".hexapla textarea").first).to_be_visible()
    expect(page.locator(".hexapla")).to_have_count(1)


def test_who_only_reads_is_offered_nothing_that_writes(browser: Browser, project: Project, url: str) -> None:
    context = browser.new_context(base_url=url)
    ticket = issue_ticket(project.root, project_signer(project.root), "Farid", Role.READER)
    assert context.request.get(f"/?ticket={ticket}").ok
    page = context.new_page()
    for path, said in (
        ("documents", "a translator adds them"),
        ("build", "A reviewer builds"),
        ("settings", "A reviewer"),
    ):
        page.goto(f"/{path}")
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.get_by_test_id("stMain").get_by_role("button")).to_have_count(0)
    context.close()


def test_the_settings_open_whatever_somebody_wrote_and_say_what_is_odd(page: Page, project: Project) -> None:
    home = project.root / "hexapla.toml"
    written = home.read_text("utf-8") + '[splitting]\nquotations = "foo"  # why?\nabbreviations = 5\n'
    home.write_text(written, "utf-8")
    page.goto("/settings")
    expect(page.get_by_text("[splitting]: quotations is one of 'weigh', 'cut', 'keep'")).to_be_visible()
    expect(page.get_by_text("[splitting]: abbreviations is a list of strings")).to_be_visible()
    page.get_by_label("Name").fill("Old town")
    page.get_by_role("button", name="Save the name").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert home.read_text("utf-8") == written.replace(f'name = "{project.name}"', 'name = "Old town"')
    home.write_text(written.replace("format = 1", "format = true"), "utf-8")
    page.reload()
    expect(page.get_by_text("`format` is missing")).to_be_visible()
