"""The align page in a real browser, without a mouse: what a person sees, hears and can do."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ui.tickets import issue_ticket
from ui.tokens import project_signer
from workflow.ingest import add_document
from workflow.overview import Task, overview
from workflow.pairing import add_translation, follow_source
from workflow.project import Project
from workflow.records import read_alignment
from workflow.session import recover

pytestmark = pytest.mark.browser

VECTORS = Path(__file__).parents[1] / "vectors" / "beads.json"
LETTER = "document=interview.txt&language="
# Carries every case out with the page's own operations, and returns the numbers of those that differ.
CHECK = """async (cases) => {
  const { plan, inverse, Refused } = await import("/hexapla/assets/aligner/regroup.js");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const ordered = ({ start, old, new: fresh }) => ({ start, old, new: fresh });
  return cases.flatMap(({ groups, at, request, replace, inverse: back, refused }, number) => {
    try {
      const made = plan(groups, at, request, "Leyla");
      return !refused && same(ordered(made), replace) && same(ordered(inverse(made)), back) ? [] : [number];
    } catch (error) {
      return refused && error instanceof Refused ? [] : [number];
    }
  });
}"""


@pytest.fixture
def visit(browser: Browser, project: Project, plain_url: str) -> Iterator[Callable[..., Page]]:
    """Opens the page, or another tab of it, as Leyla."""
    contexts: list[BrowserContext] = []

    def go(language: str = "de", scheme: Literal["light", "dark"] = "light", document: str = "interview.txt") -> Page:
        if not contexts:
            contexts.append(browser.new_context(base_url=plain_url, color_scheme=scheme))
            ticket = issue_ticket(project.root, project_signer(project.root), "Leyla")
            assert contexts[0].request.get(f"/editor?ticket={ticket}").ok
        page = contexts[0].new_page()
        page.goto(f"/aligner?document={document}&language={language}")
        expect(page.locator(".hexapla[data-ready]")).to_be_attached()
        return page

    yield go
    for context in contexts:
        context.close()


NAMES = ["Anton", "Berta", "Viktor", "Galina", "Dmitri", "Elena", "Zakhar", "Irina"] * 3


@pytest.fixture
def rooms(project: Project) -> None:
    """A document of which one part stands elsewhere in its translation, under headings."""
    lists = [
        [f"{word} {number} {belongs} {name}.\n" for number, name in enumerate(NAMES, 101)]
        for word, belongs in (("Room", "belongs to"), ("Zimmer", "gehört"))
    ]
    de = lists[1][:4] + lists[1][9:18] + lists[1][4:9] + lists[1][18:]
    for name, heading, lines in (("rooms.md", "Upstairs", lists[0]), ("zimmer.md", "Oben", de)):
        (project.root.parent / name).write_text(f"# {heading}\n\n" + "\n".join(lines), "utf-8")
    add_document(project, project.root.parent / "rooms.md")
    add_translation(project, project.root.parent / "zimmer.md", "de", "rooms.md")


def test_a_part_that_moved_is_on_the_map_and_in_the_list(rooms: None, visit: Callable[..., Page]) -> None:
    page = visit(document="rooms.md")
    picture = page.locator(".map svg")
    expect(picture.locator(".moved")).to_have_count(1)
    expect(picture).to_have_attribute("aria-label", re.compile("1 part has moved"))
    assert picture.locator(".tick title").all_text_contents() == ["Upstairs", "Oben"]
    page.keyboard.press("p")
    expect(page.locator("dialog li")).to_have_text(
        ["5 sentences moved, from number 6 to number 15 To number 15 of the translation"]
    )
    page.get_by_role("button", name="To number 15 of the translation").click()
    expect(active(page).locator(".sentence.current")).to_contain_text("Zimmer 105")


def active(page: Page) -> Locator:
    return page.locator(".row.active")


def message(page: Page) -> Locator:
    return page.locator(".message")


def saved(page: Page) -> None:
    expect(page.locator(".hexapla")).to_have_attribute("data-unsaved", "0")
    expect(page.locator(".saving")).to_have_text("All changes saved")


def beads(page: Page) -> list[list[object]]:
    found: list[list[object]] = page.evaluate(
        """async () => {
          const token = document.querySelector("main").dataset.token;
          const query = new URLSearchParams(location.search);
          const answer = await fetch(`/hexapla/api/alignment?${query}`, {headers: {"X-Hexapla-Token": token}});
          return (await answer.json()).groups;
        }"""
    )
    return found


def test_the_page_satisfies_the_cases_that_python_satisfies(visit: Callable[..., Page]) -> None:
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert visit().evaluate(CHECK, cases) == []


def test_the_page_is_also_one_of_streamlit_s(page: Page) -> None:
    page.goto(f"/align?{LETTER}de")
    expect(active(page)).to_contain_text("A Staircase and Six Thousand Books")
    page.keyboard.press("j")
    expect(message(page)).to_have_text("Merged. 2 to 2, confirmed by Leyla")
    saved(page)


def test_beads_are_merged_and_moved_by_keys_and_taken_back(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(active(page)).to_contain_text("A Staircase and Six Thousand Books")
    page.keyboard.press("j")
    expect(message(page)).to_have_text("Merged. 2 to 2, confirmed by Leyla")
    page.keyboard.press("Control+ArrowDown")
    expect(message(page)).to_have_text("Moved down. 1 to 2, confirmed by Leyla")
    page.keyboard.press("Control+z")
    expect(message(page)).to_contain_text("Undone.")
    page.keyboard.press("Control+z")
    expect(active(page)).to_have_class("row bead sure plain active")
    page.keyboard.press("Control+y")
    expect(active(page).locator(".source .sentence")).to_have_count(2)
    saved(page)


def test_what_was_done_is_there_after_a_reload_and_for_every_command(
    visit: Callable[..., Page], project: Project
) -> None:
    page = visit()
    page.keyboard.press("j")
    saved(page)
    page.reload()
    expect(active(page).locator(".target .sentence")).to_have_count(2)
    recover(project)
    assert len(read_alignment(project.alignment_path("interview.txt", "de")).beads[0].source) == 2


def test_the_arrows_walk_through_sentences_and_over_to_the_other_side(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    cell = page.locator(".target:focus")
    expect(cell).to_have_attribute("aria-label", "German: Anton Brell ist seit fünfunddreißig Jahren Tischler in"
                                   " Tarnholt. (one to one, sure, confidence 0.99)")  # fmt: skip
    expect(cell).to_have_attribute("aria-selected", "true")


def test_doubtful_beads_are_found_confirmed_and_counted(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("n")
    expect(active(page)).to_contain_text("Dr. Marwood was carrying")
    page.keyboard.press("Space")
    expect(page.locator(".progress")).to_contain_text("1 of 40 beads confirmed")
    expect(page.locator(".progress")).to_contain_text("doubtful (confidence below 0.90)")
    expect(active(page)).to_contain_text("So you started as a porter.")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("Confirmed.")
    expect(page.locator(".progress")).not_to_contain_text("1 of 40")


def test_what_came_after_the_translation_is_neither_left_out_nor_doubtful(
    visit: Callable[..., Page], project: Project, tmp_path: Path
) -> None:
    newer = tmp_path / "interview.txt"
    newer.write_bytes(project.document_path("interview.txt").read_bytes() + b"\nThe tea is cold by now.\n")
    follow_source(project, "interview.txt", newer)
    page = visit()
    page.keyboard.press("End")
    expect(active(page)).to_contain_text("The tea is cold by now.")
    expect(active(page).locator(".none")).to_have_text("(new here since the translation)")
    expect(active(page).locator(".badge")).to_have_text("1:0")
    (here,) = (each for each in overview(project) if (each.document, each.language) == ("interview.txt", "de"))
    (doubtful,) = (step for step in here.steps if step.task is Task.DOUBTFUL)
    expect(page.locator(".progress")).to_contain_text(f", {doubtful.count} doubtful")


def test_two_sentences_are_linked_across_beads(visit: Callable[..., Page]) -> None:
    page = visit()
    for key in ("l", "ArrowDown", "ArrowDown", "ArrowRight", "l"):
        page.keyboard.press(key)
    expect(message(page)).to_contain_text("Linked. one to one, confirmed by Leyla")
    expect(active(page)).to_contain_text("A Staircase")
    expect(active(page)).to_contain_text("Im vergangenen Winter")


def test_what_cannot_be_done_is_said_and_changes_nothing(visit: Callable[..., Page]) -> None:
    page = visit()
    for key, said in (
        ("s", "nothing to split"),
        ("Backspace", "no bead above"),
        ("Control+Backspace", "no bead above"),
    ):
        page.keyboard.press(key)
        expect(message(page)).to_contain_text(said)
    expect(page.locator(".hexapla")).to_have_attribute("data-unsaved", "0")


def test_a_stretch_is_aligned_anew_between_confirmed_beads(visit: Callable[..., Page]) -> None:
    page = visit()
    start = [group[:2] for group in beads(page)]
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    saved(page)
    assert [group[:2] for group in beads(page)] != start
    page.keyboard.press("r")
    expect(message(page)).to_contain_text("Aligned anew.")
    assert [group[:2] for group in beads(page)] == start


def test_what_the_server_does_not_hear_is_kept_and_sent_later(visit: Callable[..., Page]) -> None:
    page = visit()
    page.context.set_offline(True)
    page.keyboard.press("j")
    expect(page.locator(".saving")).to_contain_text("1 change not saved yet")
    page.context.set_offline(False)
    saved(page)
    assert beads(page)[0][:2] == [2, 2]


def test_what_is_asked_once_is_not_said_to_be_sent_later(visit: Callable[..., Page]) -> None:
    page = visit()
    page.context.set_offline(True)
    page.keyboard.press("r")
    expect(message(page)).to_contain_text("The server does not answer: nothing was changed.")
    page.context.set_offline(False)


def test_another_tab_hears_of_a_change(visit: Callable[..., Page]) -> None:
    page, other = visit(), visit()
    page.keyboard.press("j")
    expect(other.locator(".row.active .source .sentence")).to_have_count(2)


def test_the_review_editor_is_a_key_away_and_back(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    expect(page.locator(".hexapla textarea").first).to_be_visible()
    expect(page.locator(".row.active")).to_contain_text("Anton Brell has been a carpenter")
    page.keyboard.press("Alt+w")
    expect(page.locator(".hexapla.aligner[data-ready]")).to_be_attached()
    expect(active(page)).to_contain_text("Anton Brell has been a carpenter")


def test_a_key_is_changed_and_kept(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("Alt+h")
    expect(page.locator("kbd").get_by_text("Ctrl + ↑")).to_have_attribute("dir", "ltr")
    page.get_by_role("button", name="Change the key: Merge with the bead below").click()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(".hexapla[data-ready]")).to_be_attached()
    page.keyboard.press("x")
    expect(message(page)).to_contain_text("Merged.")


def test_texts_that_hardly_belong_together_are_said_before_they_are_shown(
    visit: Callable[..., Page], project: Project
) -> None:
    path = project.alignment_path("interview.txt", "de")
    lines = path.read_text(encoding="utf-8").splitlines()
    doubtful = [lines[0], *(json.dumps(json.loads(line) | {"confidence": 0.2}) for line in lines[1:])]
    path.write_text("\n".join(doubtful) + "\n", encoding="utf-8")
    page = visit()
    expect(page.get_by_role("alert")).to_contain_text("hardly belong together")
    page.get_by_role("button", name="Align them all the same").press("Enter")
    expect(active(page)).to_contain_text("A Staircase")


def test_the_sentence_to_be_cut_has_the_width_of_its_dialog(visit: Callable[..., Page]) -> None:
    page = visit()
    for key in ("ArrowDown", "c"):
        page.keyboard.press(key)
    text, dialog = (page.locator(f"dialog{part}").bounding_box() for part in (" textarea", ""))
    assert text is not None
    assert dialog is not None
    assert text["width"] > 0.9 * dialog["width"]


def test_a_sentence_is_cut_at_the_caret_in_a_dialog_of_its_own(visit: Callable[..., Page]) -> None:
    page = visit()
    for key in ("ArrowDown", "ArrowRight", "c", *["ArrowRight"] * len("Anton Brell"), "Enter"):
        page.keyboard.press(key)
    expect(message(page)).to_have_text("The sentence is two now.")
    expect(active(page).locator(".target .text")).to_have_text(
        ["Anton Brell", "ist seit fünfunddreißig Jahren Tischler in Tarnholt."]
    )
    for key in ("Shift+C", "Enter"):
        page.keyboard.press(key)
    expect(message(page)).to_have_text("The sentences are one now.")
    for key, answer, parts in (("z", "Undone.", 2), ("y", "Done again.", 1), ("z", "Undone.", 2), ("z", "Undone.", 1)):
        page.keyboard.press(f"Control+{key}")
        expect(active(page).locator(".target .text")).to_have_count(parts)
        expect(message(page)).to_contain_text(answer)


@pytest.mark.parametrize("language", ["de", "fa"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Callable[..., Page], language: str, scheme: str) -> None:
    page = visit(language, scheme)
    for key in ("j", "n", "Space", "Enter"):
        page.keyboard.press(key)
    for keys in ((), ("a",), ("Escape", "Alt+h"), ("Escape", "Control+k"), ("Escape", "p"), ("Escape", "c")):
        for key in keys:
            page.keyboard.press(key)
        found = Axe().run(page)
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
