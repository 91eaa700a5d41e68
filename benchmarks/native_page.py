"""One segment at a time with Streamlit's own widgets: the page that the editor is measured against.

    streamlit run benchmarks/native_page.py -- PROJECT DOCUMENT LANGUAGE IDLE BUSY

It saves as the editor does, through a session of the project: the journal first, the catalog file behind. So only the
widgets are compared.
"""

import sys
from pathlib import Path
from uuid import uuid4

import streamlit as st

from locales import State
from workflow.decisions import Decision
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation
from workflow.project import open_project
from workflow.session import Session


@st.cache_resource
def opened(folder: str, document: str, language: str, idle: str, busy: str) -> OpenCatalog:
    """Return the catalog, shared by all sessions; see `Session` for the seconds."""
    return Session(open_project(Path(folder)), idle=float(idle), busy=float(busy)).open(document, language)


def confirm() -> None:
    """Save the segment on the screen, and go to the next."""
    place = st.session_state.place
    row = catalog.rows(place, place + 1)[0]
    decision = Decision((st.session_state[f"target-{place}"],), State.TRANSLATED)
    catalog.apply([Operation(uuid4().hex, row.id, row.base, decision)], "Leyla")
    st.session_state.place = (place + 1) % len(catalog)


catalog = opened(*sys.argv[1:])
place = st.session_state.setdefault("place", 0)
row = catalog.rows(place, place + 1)[0]
st.text(row.source)
st.text_area(f"Segment {place + 1}", row.texts[0], key=f"target-{place}")
st.button("Confirm", on_click=confirm, shortcut="Ctrl+Enter")
