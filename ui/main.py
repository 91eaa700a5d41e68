"""The frame around the pages; Streamlit runs this file for every visit."""

import os
from pathlib import Path

import streamlit as st

from ui.progress_page import show_progress
from ui.review_page import show_review
from workflow.project import open_project

# Text runs in its own direction wherever it stands; Streamlit has no setting for that.
DIRECTION = "<style>textarea, [data-testid=stText] * { unicode-bidi: plaintext; text-align: start }</style>"

project = open_project(Path(os.environ["HEXAPLA_PROJECT"]))
st.set_page_config(page_title=f"{project.name} · Hexapla", layout="wide")
st.html(DIRECTION)
st.navigation(
    [
        st.Page(
            lambda: show_progress(project),
            title="Progress",
            url_path="progress",
            default=True,
        ),
        st.Page(
            lambda: show_review(project),
            title="Review",
            url_path="review",
        ),
    ],
    position="top",
).run()
