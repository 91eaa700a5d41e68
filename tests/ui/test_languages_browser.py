"""The pages in other languages, in a real browser: their words, digits, plurals and direction."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ui.tickets import issue_ticket
from ui.tokens import project_signer
from workflow.project import Project

pytestmark = pytest.mark.browser

PLACE = "document=interview.txt&language=de"
Scheme = Literal["light", "dark"]
SAY = """async ([key, numbers]) => {
  const { t } = await import("/hexapla/assets/editor/strings.js");
  return numbers.map((n) => t(key, { n }));
}"""


ASK = """async (address) => {
  const { Api } = await import("/hexapla/assets/editor/api.js");
  return new Api(document.querySelector("main").dataset.token).get(address).catch((error) => error.message);
}"""


@pytest.fixture
def visit(browser: Browser, project: Project, plain_url: str) -> Iterator[Callable[..., Page]]:
    """Opens an address as Leyla, with a browser in her language."""
    contexts: list[BrowserContext] = []

    def go(address: str, locale: str, scheme: Scheme = "light") -> Page:
        context = browser.new_context(base_url=plain_url, locale=locale, color_scheme=scheme)
        contexts.append(context)
        ticket = issue_ticket(project.root, project_signer(project.root), "Leyla")
        assert context.request.get(f"/editor?ticket={ticket}").ok
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".hexapla[data-ready]")).to_be_attached()
        return page

    yield go
    for context in contexts:
        context.close()


def left(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["x"]


def test_the_editor_speaks_persian_from_right_to_left(visit: Callable[..., Page]) -> None:
    page = visit(f"/editor?{PLACE}", "fa-IR")
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_title("بازبینی · town-library · Hexapla")
    expect(page.get_by_role("group", name="ابزارها").get_by_role("button").first).to_have_text("تأیید گروهی…")
    expect(page.locator(".row.active .number")).to_have_text("۱")
    expect(page.locator(".status .progress")).to_have_text("۰ از ۳۹ تأیید شده")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert left(page.locator(".row.active .source")) > left(page.locator(".row.active .target"))
    expect(page.get_by_role("textbox", name="آلمانی، ردیف ۱")).to_have_attribute("lang", "de")


def test_the_align_page_is_mirrored_in_persian_and_its_map_with_it(visit: Callable[..., Page]) -> None:
    page = visit(f"/aligner?{PLACE}", "fa")
    row = page.locator(".row.active")
    assert left(row.locator(".source")) > left(row.locator(".target"))
    expect(row.locator(".badge")).to_contain_text("۰٫۹۹")
    strips = page.locator(".map rect.lone")
    assert left(strips.last) < left(strips.first)  # that of the translation is on the left
    strips.last.click()
    expect(page.locator(".row.active")).to_have_class(re.compile("addition"))
    strips.first.click()
    expect(page.locator(".row.active")).to_have_class(re.compile("omission"))


def test_the_editor_speaks_russian_with_its_plural_forms(visit: Callable[..., Page]) -> None:
    page = visit(f"/editor?{PLACE}", "ru-RU")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_label("Язык")).to_contain_text("немецкий")
    expect(page.locator(".row.active .buttons button").first).to_have_text("Подтвердить")
    said = page.evaluate(SAY, ["row.comments", [1, 2, 5, 11, 21]])
    assert said == ["1 комментарий", "2 комментария", "5 комментариев", "11 комментариев", "21 комментарий"]
    assert page.evaluate(SAY, ["field.open", [12345.5]]) == ["Редактировать этот текст (знаков: 12\u00a0345,5)"]


def test_an_error_with_a_code_is_said_in_the_language_its_details_as_they_are(visit: Callable[..., Page]) -> None:
    page = visit(f"/editor?{PLACE}", "ru")
    said = page.evaluate(ASK, "rows")
    assert said == "Страница и сервер не понимают друг друга. `document` must be given as str. Reload the page."


def test_english_details_leave_a_sentence_that_runs_the_other_way_alone(visit: Callable[..., Page]) -> None:
    page = visit(f"/editor?{PLACE}", "fa-IR")
    said = page.evaluate(ASK, "rows")
    assert said.endswith(" \u2068`document` must be given as str. Reload the page.\u2069")
    expect(page.locator(".panel .facts")).to_contain_text("عنوان")
    page.get_by_role("searchbox").fill("state:drift")
    problem = page.get_by_role("alert").filter(has_text="no such state")
    expect(problem).to_be_visible()
    assert problem.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_a_choice_of_language_outlives_the_visit(visit: Callable[..., Page]) -> None:
    page = visit(f"/editor?{PLACE}", "ru")
    page.goto("/hexapla/language?tag=az&to=/aligner%3Fdocument%3Dinterview.txt")
    expect(page.locator("html")).to_have_attribute("lang", "az")
    expect(page.get_by_role("button", name="Yenidən uyğunlaşdır")).to_be_visible()
    page.goto("/editor")
    expect(page.locator(".row.active .buttons button").first).to_have_text("Qəbul et")


def test_what_happened_is_dated_as_the_language_does(visit: Callable[..., Page]) -> None:
    page = visit(f"/editor?{PLACE}", "de-DE")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Zeile 1 ist gespeichert.")).to_be_attached()
    page.keyboard.press("Alt+Home")
    when = page.locator(".panel time").first
    expect(when).to_be_attached()
    said = "(time) => new Intl.DateTimeFormat('de', {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(time))"
    assert when.text_content() == page.evaluate(said, when.get_attribute("datetime"))


@pytest.mark.parametrize(("locale", "scheme"), [("fa", "dark"), ("ru", "light")])
@pytest.mark.parametrize("application", ["editor", "aligner"])
def test_axe_finds_nothing_in_another_language(
    visit: Callable[..., Page], application: str, locale: str, scheme: Scheme
) -> None:
    page = visit(f"/{application}?{PLACE}", locale, scheme)
    for key in ("", "Alt+h"):
        if key:
            page.keyboard.press(key)
            page.get_by_role("dialog").wait_for()
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_the_pages_of_streamlit_say_their_language_and_direction(
    browser: Browser, url: str, enter: Callable[[str], str]
) -> None:
    context = browser.new_context(base_url=url, locale="fa")
    assert context.request.get(enter("Leyla")).ok
    page = context.new_page()
    for path in ("/", "/review"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "fa")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.get_by_role("link", name="هم‌ترازی")).to_be_visible()
    expect(page.get_by_role("button", name="تأیید گروهی…")).to_be_visible()
    context.close()
