"""One segment at a time with Streamlit's own widgets: the page that the editor is measured against.

    streamlit run benchmarks/native_page.py -- SEGMENTS FOLDER

The segments are a list in memory, and a save appends a line to a file and waits until the disk has it: less work than
a real page would have, so that only the widgets are compared.
"""

import json
import os
import sys

import streamlit as st


@st.cache_resource
def load(count: int) -> list[dict[str, str]]:
    """Return the segments, shared by all sessions."""
    return [
        {"source": f"Sentence number {n} of the town.", "target": f"Satz Nummer {n} der Stadt."} for n in range(count)
    ]


def confirm() -> None:
    """Save the segment on the screen, and go to the next."""
    place = st.session_state.place
    rows[place]["target"] = st.session_state[f"target-{place}"]
    with open(f"{sys.argv[2]}/native.jsonl", "ab") as file:  # noqa: PTH123 - a line is appended
        file.write(json.dumps({"row": place, **rows[place]}).encode() + b"\n")
        file.flush()
        os.fdatasync(file.fileno())
    st.session_state.place = (place + 1) % len(rows)


rows = load(int(sys.argv[1]))
place = st.session_state.setdefault("place", 0)
st.text(rows[place]["source"])
st.text_area(f"Segment {place + 1}", rows[place]["target"], key=f"target-{place}")
st.button("Confirm", on_click=confirm, shortcut="Ctrl+Enter")
