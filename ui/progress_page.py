"""How far every document is in every language."""

import altair as alt
import streamlit as st

from locales import State
from locales.tags import display_name
from workflow.project import Project
from workflow.report import Status, status

# Okabe and Ito's colours, told apart by most people with a colour vision deficiency, in light and dark.
COLOURS = {
    State.UNTRANSLATED: "#999999",
    State.DRAFT: "#E69F00",
    State.TRANSLATED: "#56B4E9",
    State.APPROVED: "#009E73",
}


def show_progress(project: Project) -> None:
    """Draw the page."""
    st.title("Progress")
    st.text(project.name)
    found = status(project, project.documents(), project.targets)
    if not found:
        st.info("No documents yet. Add one in the terminal: hexapla add FILE")
        return
    done = sum(s.states[State.TRANSLATED] + s.states[State.APPROVED] for s in found)
    total = sum(s.sentences for s in found)
    left, middle, right = st.columns(3)
    left.metric("Sentences confirmed", f"{done:,} of {total:,}")
    middle.metric("Words left", f"{sum(s.words_left for s in found):,}")
    right.metric("Broken beads", f"{sum(s.broken for s in found):,}")
    st.altair_chart(_chart(found), alt=_chart_in_words(found))
    st.subheader("By document and language")
    st.dataframe([_table_row(s) for s in found], hide_index=True, width="stretch")


def _chart(found: list[Status]) -> alt.Chart:
    rows = [
        {
            "language": display_name(s.language),
            "document": s.document,
            "state": state.name.lower(),
            "order": int(state),
            "sentences": count,
        }
        for s in found
        for state, count in s.states.items()
        if count
    ]
    names = [state.name.lower() for state in COLOURS]
    colour = alt.Color("state:N", title="State").scale(domain=names, range=list(COLOURS.values()))
    chart: alt.Chart = (
        alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]  # Altair's schema
        .mark_bar()
        .encode(
            x=alt.X("sum(sentences):Q", title="Source sentences"),
            y=alt.Y("language:N", title=None),
            row=alt.Row("document:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")),
            color=colour,
            order=alt.Order("order:Q"),
            tooltip=["document:N", "language:N", "state:N", "sum(sentences):Q"],
        )
    )
    return chart


def _chart_in_words(found: list[Status]) -> str:
    rows = (f"{s.document}, {display_name(s.language)}: {_states_in_words(s)}" for s in found)
    return "Sentences by state. " + "; ".join(rows)


def _states_in_words(row: Status) -> str:
    return ", ".join(f"{count} {state.name.lower()}" for state, count in row.states.items() if count)


def _table_row(row: Status) -> dict[str, object]:
    return {
        "Document": row.document,
        "Language": display_name(row.language),
        "Sentences": row.sentences,
        **{state.name.capitalize(): count for state, count in row.states.items()},
        "Words left": row.words_left,
        "Additions": row.additions,
        "Broken": row.broken,
        "Confidence": None if row.confidence is None else round(row.confidence, 2),
    }
