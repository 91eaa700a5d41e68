"""What the pages owe everybody: readable by all, and text that is only ever text."""

from collections import Counter
from itertools import product
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request
from serving import DOCUMENT, Server, entered, reviewing

from locales import State, new_catalog, new_entry
from ui.messages import LANGUAGES
from workflow.demo import make_demo
from workflow.entries import write_bead
from workflow.project import Project, create_project
from workflow.store import save_files

READY = ".hexapla[data-ready]"
#: Editor and aligner, alone and in Streamlit's frame, with a language of the texts.
APPLICATIONS = (("editor", "de"), ("editor", "fa"), ("aligner", "fa"), ("review", "de"), ("align", "de"))
PAGES = ("", "documents", "build", "settings")
KEYS = ("", "Alt+h", "Control+k")  # the page itself, its list of keys, its commands
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OTHER = "http://127.0.0.2:9"
HOSTILE = (
    f"<img src={OTHER}/a.png onerror=leak()><script>leak()</script>",
    f"![picture]({OTHER}/b.png) [link](javascript:leak()) <svg/onload=leak()>",
    f"<style>@import '{OTHER}/c.css'; * {{ background: url({OTHER}/d.png) }}</style>",
    f"{{{{constructor.constructor('leak()')()}}}} ${{leak()}} <iframe src={OTHER}/e></iframe>",
    "\u202egnp.exe\u202c \u2066isolate\u2069 \u200bzero \x07bell \x1b[31mred\x1b[0m",
    "</textarea><script>leak()</script><textarea>",
    "'\"><b onmouseover=leak() style='position:fixed;inset:0'>over everything</b>",
    f"<link rel=prefetch href={OTHER}/f><base href={OTHER}/><meta http-equiv=refresh content=0;url={OTHER}>",
    "word " * 200_000,
)


def axe(browser: Browser, folder: Path) -> dict[str, object]:
    """Count violations of WCAG A and AA on every page, light and dark, in each language of the pages.

    Ours are told from those that Streamlit's own frame has, by rule and selector.
    """
    project = make_demo(folder / "town").project
    ours: Counter[str] = Counter()
    others: Counter[str] = Counter()
    looked = 0
    with reviewing(project) as server:
        for locale, scheme in product(LANGUAGES, SCHEMES):
            with entered(browser, project, server, scheme=scheme, locale=locale) as page:
                for path, language in APPLICATIONS:
                    page.goto(f"{server.url}/{path}?document=interview.txt&language={language}")
                    page.wait_for_selector(READY)
                    page.wait_for_load_state("networkidle")
                    for key in KEYS:
                        if key:
                            page.keyboard.press(key)
                            page.get_by_role("dialog").wait_for()
                        count(page, f"{path} {language} {locale} {scheme} {key}", ours, others)
                        page.keyboard.press("Escape")
                        looked += 1
                for path in PAGES:
                    page.goto(f"{server.url}/{path}")
                    page.get_by_role("heading", level=1).wait_for()
                    page.wait_for_load_state("networkidle")
                    count(page, f"{path or 'overview'} {locale} {scheme}", ours, others)
                    looked += 1
    return {"axe": ours.total(), "axe_looked": looked, "axe_ours": dict(ours), "axe_streamlit": dict(others)}


def count(page: Page, place: str, ours: Counter[str], others: Counter[str]) -> None:
    """Add the violations of a page; a part of ours in Streamlit's is named by a path through its shadow root."""
    for violation in Axe().run(page, options=RULES).response["violations"]:
        for node in violation["nodes"]:
            target = " ".join(part if isinstance(part, str) else " ".join(part) for part in node["target"])
            plain = "/editor" in page.url or "/aligner" in page.url or ".hx" in target
            if plain or len(node["target"]) > 1 or isinstance(node["target"][0], list):
                ours[f"{place}: {violation['id']} {target}"] += 1
            else:
                others[f"{violation['id']} {target}"] += 1


def leaks(browser: Browser, folder: Path) -> dict[str, object]:
    """Look at a hostile catalog everywhere: count requests to other hosts, and payloads that ran."""
    project = hostile_project(folder / "hostile")
    elsewhere: list[str] = []
    ran: list[str] = []
    with reviewing(project) as server, entered(browser, project, server) as page:
        page.expose_function("leak", lambda: ran.append("leak"))
        page.on("dialog", lambda dialog: (ran.append("dialog"), dialog.dismiss()))

        def asked(request: Request) -> None:
            if not request.url.startswith((server.url, "data:", "blob:")):
                elsewhere.append(request.url)

        page.on("request", asked)
        for path in ("editor", "review", "", "documents", "build", "settings"):
            visit(page, server, path)
    return {"leaks": len(elsewhere) + len(ran), "leaks_found": sorted(set(elsewhere + ran))}


def visit(page: Page, server: Server, path: str) -> None:
    """Go through the rows of a page, with panel, search and history."""
    page.goto(f"{server.url}/{path}")
    if path not in ("editor", "review"):
        page.get_by_test_id("stMain").wait_for()
        page.wait_for_load_state("networkidle")
        return
    page.wait_for_selector(READY)
    for number in range(len(HOSTILE) * 2):
        page.keyboard.insert_text(HOSTILE[number % (len(HOSTILE) - 1)])
        page.keyboard.press("Control+Enter")
        page.mouse.move(400 + number, 300 + number)
    page.wait_for_selector(".hexapla[data-unsaved='0']")
    page.get_by_role("searchbox").first.fill("<img")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def hostile_project(folder: Path) -> Project:
    """Make a project whose catalog attacks who reads it, in source, translation and comments."""
    project = create_project(folder, "en", ["de"], "<script>leak()</script>")
    entries = [
        new_entry(
            msgid=f"{text} {number}",
            references=(f"{DOCUMENT}#u.{number}",),
            extracted=(text.replace("\n", " "),),
            comments=(text.replace("\n", " "),),
        )
        for number, text in enumerate(HOSTILE)
    ]
    catalog = new_catalog("de", entries)
    for entry, text in zip(catalog, HOSTILE, strict=True):
        write_bead(catalog, [entry], text, State.DRAFT)
    save_files({project.document_path(DOCUMENT): b"", project.catalog_path(DOCUMENT, "de"): catalog.to_bytes()})
    return project
