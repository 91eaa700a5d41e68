"""The frame around the pages; Streamlit runs this file for every visit."""

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.build_page import show_build
from ui.component_page import show_application
from ui.documents_page import show_documents
from ui.languages import COOKIE, choose_language
from ui.messages import _, ask_for_language
from ui.overview_page import show_overview
from ui.settings_page import show_settings
from ui.tokens import project_signer
from workflow import WorkflowError
from workflow.project import Project, open_project

# Text runs in its own direction wherever it stands; Streamlit has no setting for that.
STYLE = """<style>
textarea, [data-testid=stText] * { unicode-bidi: plaintext; text-align: start }
[data-testid=stMainBlockContainer] { padding-block-start: 4.5rem }
[data-testid=stHeading] :is(h1, h2) { text-align: start }
:lang(fa) ol { list-style-type: persian }
[data-testid=stHeading] h1 { font-size: 2rem }
[data-testid=stHeading] h2 { font-size: 1.5rem }
</style>"""


def show(project: Project) -> None:
    """Draw the page of the address, and the way to the others."""
    st.set_page_config(page_title=f"{project.name} · Hexapla", layout="wide")
    st.html(STYLE)
    signer = project_signer(project.root)
    pages: dict[str, tuple[str, Callable[[], None]]] = {
        "overview": (_("Overview"), lambda: show_overview(project)),
        "documents": (_("Documents"), lambda: show_documents(project)),
        "align": (_("Align"), lambda: show_application("aligner", signer)),
        "review": (_("Review"), lambda: show_application("editor", signer)),
        "build": (_("Build"), lambda: show_build(project)),
        "settings": (_("Settings"), lambda: show_settings(project)),
    }
    st.navigation(
        [
            st.Page(draw, title=title, url_path=path, default=path == "overview")
            for path, (title, draw) in pages.items()
        ],
        position="top",
    ).run()


def spoken() -> str:
    """Return the language of the visit, which the server chose for its page in the same way."""
    return choose_language(st.context.cookies.get(COOKIE), st.context.headers.get("Accept-Language"))


if __name__ == "__main__":
    ask_for_language(spoken)
    try:
        found = open_project(Path(os.environ["HEXAPLA_PROJECT"]))
    except WorkflowError as error:  # somebody broke the settings meanwhile
        st.error(_("This project cannot be opened."))
        st.text(str(error))
        st.stop()
    show(found)
