"""The pages in a real browser: what a reviewer sees, in Streamlit and in the plain page."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_progress_page_shows_every_language_and_a_chart(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("Words left")).to_be_visible()
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("canvas, svg").first).to_be_visible()
    for language in ("Azerbaijani", "Turkish", "Russian", "German", "Persian"):
        expect(page.get_by_text(language).first).to_be_attached()


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
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_text("Words left")).to_be_visible()
    expect(page.locator(".hexapla")).to_have_count(0)
    page.get_by_role("link", name="Review").click()
    expect(page.locator(".hexapla textarea").first).to_be_visible()
    expect(page.locator(".hexapla")).to_have_count(1)
