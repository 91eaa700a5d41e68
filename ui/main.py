"""The frame around the pages; Streamlit runs this file for every visit."""

import os
from pathlib import Path

import streamlit as st

from ui.component_page import show_application
from ui.languages import COOKIE, choose_language
from ui.messages import _, ask_for_language
from ui.progress_page import show_progress
from ui.tokens import project_signer
from workflow.project import Project, open_project

# Text runs in its own direction wherever it stands; Streamlit has no setting for that.
DIRECTION = """<style>
textarea, [data-testid=stText] * { unicode-bidi: plaintext; text-align: start }
[data-testid=stHeading] * { text-align: start }
:lang(fa) ol { list-style-type: persian }
</style>"""


def show(project: Project) -> None:
    """Draw the page of the address, and the way to the others."""
    st.set_page_config(page_title=f"{project.name} · Hexapla", layout="wide")
    st.html(DIRECTION)
    progress = st.Page(
        lambda: show_progress(project),
        title=_("Progress"),
        url_path="progress",
        default=True,
    )
    review = st.Page(
        lambda: show_application("editor", project_signer(project.root)),
        title=_("Review"),
        url_path="review",
    )
    align = st.Page(
        lambda: show_application("aligner", project_signer(project.root)),
        title=_("Align"),
        url_path="align",
    )
    st.navigation([progress, align, review], position="top").run()


def spoken() -> str:
    """Return the language of the visit, which the server chose for its page in the same way."""
    return choose_language(st.context.cookies.get(COOKIE), st.context.headers.get("Accept-Language"))


if __name__ == "__main__":
    ask_for_language(spoken)
    show(open_project(Path(os.environ["HEXAPLA_PROJECT"])))
