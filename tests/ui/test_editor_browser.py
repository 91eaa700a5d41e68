"""The editor in a real Chromium: keys, conflicts, crashes, scripts of the world, hostile text, accessibility."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from ui.tickets import issue_ticket
from ui.tokens import project_signer
from workflow.journal import journal_path, read_journal
from workflow.project import Project, create_project
from workflow.rows import rows
from workflow.session import recover
from workflow.store import save_files

pytestmark = pytest.mark.browser

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
SENTENCES = {
    "a.1": ("The key is under the mat.", "Der Schlüssel liegt unter der Matte.", ""),
    "a.2": ("Please water the {1}plants{/1}.", "Bitte gieß die Blumen.", "#, fuzzy\n"),
    "a.3": ("See you on Friday.", "", ""),
    "b.1": ("https://example.org/garden", "", ""),
    "b.2": ("The cat eats twice a day.", "", ""),
    "b.3": ("Thank you.", "Danke.", "#, fuzzy\n"),
}
PERSIAN = {"a.1": "کلید زیر پادری است.", "b.3": "ممنون."}
CUPS = f"""\
{HEADER}
msgid "%d cup"
msgid_plural "%d cups"
msgstr[0] ""
msgstr[1] ""
"""
SERVE = """
import sys, uvicorn
from pathlib import Path
from ui.fallback import plain_app
from workflow.project import open_project
uvicorn.run(plain_app(open_project(Path(sys.argv[1]))), port=int(sys.argv[2]), log_level="error", ws="none")
"""


def letter(texts: dict[str, tuple[str, str, str]]) -> bytes:
    entries = [
        f"\n#. para\n#: letter.txt#{name}\n{flags}msgid {json.dumps(source, ensure_ascii=False)}\n"
        f"msgstr {json.dumps(target, ensure_ascii=False)}\n"
        for name, (source, target, flags) in texts.items()
    ]
    return (HEADER + "".join(entries)).encode()


class Desk:
    """A project, the server of its plain editor, which can be killed, and browsers in front of it."""

    def __init__(self, project: Project, browser: Browser, port: int) -> None:
        self.project = project
        self.browser = browser
        self.port = port
        self.contexts: list[Callable[[], None]] = []
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", SERVE, str(self.project.root), str(self.port)]
        self.server = subprocess.Popen(command)
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=2):
                    return
            except OSError:
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.05)

    def kill(self) -> None:
        self.server.kill()
        self.server.wait()

    def page(
        self, user: str = "Leyla", row: str = "a.1", document: str = "letter.txt", language: str = "de", **options: str
    ) -> Page:
        context = self.browser.new_context(
            base_url=f"http://127.0.0.1:{self.port}",
            viewport={"width": 1280, "height": 900},
            **options,  # type: ignore[arg-type]
        )
        self.contexts.append(context.close)
        ticket = issue_ticket(self.project.root, project_signer(self.project.root), user)
        assert context.request.get(f"/editor?ticket={ticket}").ok
        page = context.new_page()
        page.goto(f"/editor?document={document}&language={language}&row={row}")
        ready(page)
        return page

    def target(self, row: str) -> str:
        """End the server, and return what the journal and the file of the catalog have."""
        self.kill()
        recover(self.project)
        return next(each.target for each in rows(self.project, "letter.txt", "de") if each.id == row)


def ready(page: Page) -> None:
    page.locator(".hexapla[data-ready]").wait_for()


def field(page: Page, number: int) -> Locator:
    return page.get_by_label(re.compile(rf"row {number}$"))


def saved(page: Page) -> None:
    expect(page.locator(".hexapla")).to_have_attribute("data-unsaved", "0")


def type_over(page: Page, text: str) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


@pytest.fixture
def desk(tmp_path: Path, browser: Browser, free_port: int) -> Iterator[Desk]:
    project = create_project(tmp_path / "letters", "en", ["de", "fa"], "letters")
    persian = {name: (source, PERSIAN.get(name, ""), "") for name, (source, _, _) in SENTENCES.items()}
    save_files({
        project.document_path("letter.txt"): b"",
        project.document_path("app.pot"): CUPS.encode(),
        project.catalog_path("letter.txt", "de"): letter(SENTENCES),
        project.catalog_path("letter.txt", "fa"): letter(persian),
        project.catalog_path("app.pot", "de"): CUPS.encode(),
    })  # fmt: skip
    found = Desk(project, browser, free_port)
    yield found
    for close in found.contexts:
        close()
    found.kill()


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def test_confirming_goes_to_the_next_row_and_is_saved(desk: Desk) -> None:
    page = desk.page()
    expect(field(page, 1)).to_be_focused()
    type_over(page, "Der Schlüssel liegt im Flur.")
    page.keyboard.press("Control+Enter")
    expect(field(page, 2)).to_be_focused()
    saved(page)
    expect(page.get_by_role("status")).to_contain_text("Row 1 is saved")
    page.keyboard.press("Alt+z")
    expect(page.get_by_text("Der Schlüssel liegt unter der Matte.").first).to_be_visible()
    page.keyboard.press("Alt+Shift+Z")
    expect(page.get_by_text("Der Schlüssel liegt im Flur.").first).to_be_visible()
    saved(page)
    assert desk.target("a.1") == "Der Schlüssel liegt im Flur."


def test_an_empty_translation_is_not_confirmed(desk: Desk) -> None:
    page = desk.page(row="a.3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("A text is empty")
    expect(field(page, 3)).to_be_focused()


def test_two_people_on_one_row_see_each_other_and_both_texts(desk: Desk) -> None:
    leyla, omer = desk.page("Leyla"), desk.page("Ömer")
    expect(leyla.locator(".others")).to_contain_text("Ömer")
    type_over(omer, "Ömers Text.")
    type_over(leyla, "Leylas Text.")
    leyla.keyboard.press("Control+Enter")
    saved(leyla)
    omer.keyboard.press("Control+Enter")
    expect(omer.get_by_text("Leylas Text.").first).to_be_visible()
    expect(omer.get_by_text("Ömers Text.").first).to_be_visible()
    omer.keyboard.press("Alt+Home")
    omer.keyboard.press("Alt+m")
    saved(omer)
    expect(leyla.get_by_text("Ömers Text.").first).to_be_visible()
    assert desk.target("a.1") == "Ömers Text."


def test_what_was_typed_and_not_confirmed_survives_a_reload(desk: Desk) -> None:
    page = desk.page(row="a.3")
    page.keyboard.insert_text("Bis Frei")
    page.reload()
    ready(page)
    expect(field(page, 3)).to_have_value("Bis Frei")


def test_work_while_the_server_is_dead_is_sent_when_it_lives_again(desk: Desk) -> None:
    page = desk.page()
    texts = {1: "Satz 1.", 2: "Satz {1}2{/1}.", 3: "Satz 3."}
    for number, kill in ((1, False), (2, True), (3, False)):
        if kill:
            desk.kill()
        expect(field(page, number)).to_be_focused()
        type_over(page, texts[number])
        page.keyboard.press("Control+Enter")
    expect(page.locator(".saving")).to_contain_text("does not answer")
    page.keyboard.insert_text("halb")
    desk.start()
    saved(page)
    page.reload()
    ready(page)
    records, _ = read_journal(journal_path(desk.project, "letter.txt", "de"))
    assert [record.texts for record in records if record.kind == "save"] == [(text,) for text in texts.values()]
    assert desk.target("a.3") == "Satz 3."


def test_an_edit_from_outside_arrives_without_a_reload(desk: Desk) -> None:
    page = desk.page(row="a.3")
    path = desk.project.catalog_path("letter.txt", "de")
    path.write_text(path.read_text().replace("unter der Matte", "unterm Topf"))
    expect(page.get_by_text("unterm Topf").first).to_be_visible()


#: The set, a key, and the row where it leads from the first.
SETS = [
    ("weblate", "Alt+PageDown", 2),
    ("weblate", "Alt+n", 3),
    ("matecat", "Control+ArrowDown", 2),
    ("matecat", "Control+Shift+Enter", 3),
    ("omegat", "Control+u", 3),
    ("omegat", "Control+Shift+U", 2),
]


def test_each_set_of_keys_moves_as_its_program_does(desk: Desk) -> None:
    page = desk.page()
    for name, key, number in SETS:
        page.keyboard.press("Alt+Home")
        expect(field(page, 1)).to_be_focused()
        page.keyboard.press("Alt+h")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("combobox").select_option(name)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(field(page, 1)).to_be_focused()
        page.keyboard.press(key)
        expect(field(page, number)).to_be_focused()


def test_the_list_of_keys_names_every_action_and_a_key_can_be_changed(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("Alt+h")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row", name="Confirm, and go to the next Ctrl + Enter")).to_be_visible()
    dialog.get_by_role("button", name="Change the key: Go to the next row").click()
    page.keyboard.press("F8")
    page.keyboard.press("Escape")
    page.keyboard.press("F8")
    expect(field(page, 2)).to_be_focused()
    page.reload()
    ready(page)
    page.keyboard.press("Alt+Home")
    page.keyboard.press("F8")
    expect(field(page, 2)).to_be_focused()


def test_no_key_of_an_input_method_starts_an_action(desk: Desk) -> None:
    page = desk.page()
    for event in ({"isComposing": True}, {"keyCode": 229}):
        field(page, 1).dispatch_event("keydown", {"key": "Enter", "code": "Enter", "ctrlKey": True, **event})
        expect(field(page, 1)).to_be_focused()
    assert page.evaluate("performance.getEntriesByName('hexapla:confirm').length") == 0


def test_a_character_typed_by_its_code_starts_no_action(desk: Desk) -> None:
    page = desk.page(row="a.2")
    field(page, 2).dispatch_event("keydown", {"key": "1", "code": "Numpad1", "altKey": True})
    expect(field(page, 2)).to_have_value("Bitte gieß die Blumen.")


def test_on_macos_option_types_and_control_is_in_its_place(desk: Desk) -> None:
    page = desk.page(row="a.2")
    page.add_init_script("Object.defineProperty(navigator, 'userAgentData', {value: {platform: 'macOS'}})")
    page.reload()
    ready(page)
    page.keyboard.press("Alt+2")
    page.keyboard.press("Control+1")
    expect(field(page, 2)).to_have_value("Bitte gieß die Blumen.{1}")
    page.keyboard.press("Meta+Enter")
    expect(field(page, 3)).to_be_focused()


def test_an_undo_that_did_not_reach_the_server_can_be_asked_again(desk: Desk) -> None:
    page = desk.page()
    type_over(page, "Neu.")
    page.keyboard.press("Control+Enter")
    saved(page)
    page.route("**/hexapla/api/undo", lambda route: route.abort())
    page.keyboard.press("Alt+z")
    expect(page.get_by_role("status")).to_contain_text("does not answer")
    page.unroute("**/hexapla/api/undo")
    page.keyboard.press("Alt+z")
    expect(page.get_by_role("status")).to_have_text("Undone.")
    expect(field(page, 1)).to_have_value("Der Schlüssel liegt unter der Matte.")


def test_what_is_typed_and_refused_is_found_again(desk: Desk) -> None:
    page = desk.page(row="a.3")
    page.route("**/hexapla/api/save", lambda route: route.fulfill(status=403, json={"error": "No.", "code": "role"}))
    page.keyboard.insert_text("Bis Freitag.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Row 3 is not saved")
    expect(page.locator(".status")).to_contain_text("1 of 6 confirmed")
    expect(field(page, 4)).to_be_focused()
    page.get_by_role("button", name="1 text typed, not confirmed").click()
    expect(field(page, 3)).to_be_focused()


def test_a_saved_text_whose_sentence_another_program_took_out_is_shown(desk: Desk) -> None:
    page = desk.page(row="a.3")
    without = letter({name: texts for name, texts in SENTENCES.items() if name != "a.3"})
    type_over(page, "Bis Freitag.")
    page.keyboard.press("Control+Enter")
    saved(page)
    desk.project.catalog_path("letter.txt", "de").write_bytes(without)  # before the pause after which it is written
    page.get_by_role("button", name="1 text has no row any more").click()
    expect(page.get_by_label("Text whose row is gone")).to_have_value("Bis Freitag.")
    page.get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("There are none.")).to_be_visible()


def test_missing_tags_are_put_in_by_key(desk: Desk) -> None:
    page = desk.page(row="a.2")
    page.keyboard.press("Alt+t")
    expect(field(page, 2)).to_have_value("Bitte gieß die Blumen.{1}")
    page.keyboard.press("Control+z")  # the browser's own undo knows it
    expect(field(page, 2)).to_have_value("Bitte gieß die Blumen.")
    page.keyboard.press("Alt+t")
    page.keyboard.press("Alt+2")
    expect(field(page, 2)).to_have_value("Bitte gieß die Blumen.{1}{/1}")


def test_a_row_without_words_is_locked_until_asked(desk: Desk) -> None:
    page = desk.page(row="b.1")
    expect(field(page, 4)).not_to_be_editable()
    page.keyboard.press("Alt+l")
    expect(field(page, 4)).to_be_editable()


def test_every_form_of_a_plural_is_asked_for(desk: Desk) -> None:
    page = desk.page(document="app.pot", row="")
    one, many = page.get_by_role("textbox", name=re.compile("row 1,")).all()
    one.fill("%d Tasse")
    page.keyboard.press("Control+Enter")
    expect(many).to_be_focused()
    many.fill("%d Tassen")
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator(".status")).to_contain_text("1 of 1 confirmed")


def test_a_search_shows_what_it_finds_and_says_what_it_does_not_understand(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("Control+s")
    page.keyboard.type("state:draft")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 rows of 6")).to_be_visible()
    page.keyboard.press("Control+s")
    type_over(page, "state:drift")
    page.keyboard.press("Enter")
    expect(page.get_by_text("no such state")).to_be_visible()
    expect(page.get_by_text("0 rows of 6")).to_be_visible()
    type_over(page, "/(/")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is no regular expression")).to_be_visible()
    expect(page.get_by_label(re.compile(r"row \d$"))).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_text("is no regular expression")).to_have_count(0)
    expect(field(page, 2)).to_be_focused()


def test_the_panel_says_what_is_no_translation_and_who_wrote_a_comment(desk: Desk) -> None:
    page = desk.page(row="a.2")
    built = page.locator(".panel .context p").last
    expect(built).to_have_text(
        "Der Schlüssel liegt unter der Matte. draft Bitte gieß die Blumen. source, not confirmed See you on Friday."
    )
    expect(built.locator("[lang=en]")).to_have_text("See you on Friday.")
    expect(built).to_have_attribute("dir", "ltr")
    label = built.locator(".built").first  # of the language of the page, which may run the other way than the text
    assert label.evaluate("label => getComputedStyle(label).marginLeft === getComputedStyle(label).marginRight")
    page.get_by_label("New comment").fill("Which plants?")
    page.get_by_role("button", name="Add the comment").press("Enter")
    expect(page.locator(".panel .history article")).to_contain_text("Comment: Which plants?")


def test_the_panel_shows_the_neighbour_as_it_was_just_confirmed(desk: Desk) -> None:
    page = desk.page(row="a.2")
    field(page, 2).fill("Gieß bitte die {1}Blumen{/1}.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Row 2 is saved")
    neighbour = page.locator(".panel .pair").first
    expect(neighbour).to_contain_text("Gieß bitte")
    expect(neighbour.locator(".built")).to_have_count(0)


def test_each_cell_has_its_language_and_direction(desk: Desk) -> None:
    page = desk.page(language="fa")
    expect(field(page, 1)).to_have_attribute("lang", "fa")
    assert field(page, 1).evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    source = page.get_by_text("The key is under the mat.").first
    assert source.evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    type_over(page, "کلید در راهرو است.")
    page.keyboard.press("Control+Enter")
    saved(page)


HOSTILE = (
    "<img src=http://127.0.0.2:9/x onerror=alert(1)><script>alert(2)</script> \u202egnp.exe ![x](http://127.0.0.2:9/y)"
)


def test_text_is_only_ever_text(desk: Desk) -> None:
    path = desk.project.catalog_path("letter.txt", "de")
    path.write_bytes(letter({name: (f"{HOSTILE} {name}", HOSTILE, "#, fuzzy\n") for name in SENTENCES}))
    page = desk.page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: happened.append(request.url) if "127.0.0.2" in request.url else None)
    for _ in range(3):
        type_over(page, f"{HOSTILE}!")
        page.keyboard.press("Control+Enter")
    saved(page)
    page.keyboard.press("Alt+Home")
    expect(page.get_by_text("onerror=alert(1)").first).to_be_visible()
    expect(page.locator(".hexapla img, .hexapla script")).to_have_count(0)
    assert happened == []


WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize(("scheme", "language"), [("light", "de"), ("dark", "de"), ("dark", "fa")])
def test_everybody_can_use_it(desk: Desk, scheme: str, language: str) -> None:
    page = desk.page(language=language, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    for key in ("", "Alt+h", "Control+h", "Control+k"):
        if key:
            page.keyboard.press(key)
            page.get_by_role("dialog").wait_for()
        violations = Axe().run(page, options=WCAG).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in violations] == []
        page.keyboard.press("Escape")


def test_confirming_in_streamlit_runs_no_script(page: Page) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto("/review")
    ready(page)
    page.wait_for_load_state("networkidle")
    before = len(sent)
    with page.expect_response("**/hexapla/api/save") as answer:
        page.keyboard.insert_text(" Ja.")
        page.keyboard.press("Control+Enter")
    saved(page)
    sizes = answer.value.request.sizes()
    assert 0 < sizes["responseHeadersSize"] + sizes["responseBodySize"] <= 1024
    assert len(sent) == before
