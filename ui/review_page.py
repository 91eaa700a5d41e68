"""Source and target side by side: edit, confirm, next."""

from collections.abc import Sequence

import streamlit as st

from locales import State
from locales.tags import display_name
from workflow import ConflictError, WorkflowError
from workflow.project import Project, is_catalog
from workflow.review import Row, decide, next_row, rows

NEIGHBOURS = 3  # rows shown before and after the one in work
FILTERS = {
    "To do": (State.UNTRANSLATED, State.DRAFT),
    "Untranslated": (State.UNTRANSLATED,),
    "Drafts": (State.DRAFT,),
    "Confirmed": (State.TRANSLATED, State.APPROVED),
    "All": tuple(State),
}


def show_review(project: Project) -> None:
    """Draw the page."""
    documents = project.documents()
    if not documents:
        st.info("No documents yet. Add one in the terminal: hexapla add FILE")
        return
    st.header("Review")
    left, middle, right = st.columns(3)
    document = left.selectbox("Document", documents, key="document")
    language = middle.selectbox("Language", project.targets, format_func=display_name, key="language")
    chosen = right.selectbox("Show", list(FILTERS), key="filter")
    all_rows = rows(project, document, language)
    place = f"row:{document}:{language}"
    row = _current(all_rows, FILTERS[chosen], st.session_state.get(place))
    _notice()
    if row is None:
        st.success("Nothing left here: no sentence is in this state.")
        return
    st.session_state[place] = row.id
    number = all_rows.index(row)
    done = sum(r.state >= State.TRANSLATED for r in all_rows)
    st.progress(done / len(all_rows), text=f"{done} of {len(all_rows)} confirmed · this is number {number + 1}")
    _neighbours(all_rows[max(0, number - NEIGHBOURS) : number])
    _editor(project, document, language, all_rows, row, FILTERS[chosen], place)
    _neighbours(all_rows[number + 1 : number + 1 + NEIGHBOURS])


def _current(all_rows: Sequence[Row], states: Sequence[State], wanted: str | None) -> Row | None:
    """Return the row in work: the one that was chosen, else the next one in the states shown."""
    for row in all_rows:
        if row.id == wanted and row.state in states:
            return row
    return next_row(all_rows, states, wanted)


def _neighbours(shown: Sequence[Row]) -> None:
    for row in shown:
        source, target = st.columns(2)
        source.text(" ".join(row.source), width="stretch")
        target.text(row.target or ("(left out)" if row.omitted else "–"), width="stretch")


def _editor(
    project: Project,
    document: str,
    language: str,
    all_rows: Sequence[Row],
    row: Row,
    states: Sequence[State],
    place: str,
) -> None:
    key = f"text:{document}:{language}:{row.id}:{row.base}"
    with st.container(border=True):
        source, target = st.columns(2)
        source.text(_facts(row))
        source.text("\n".join(row.source), width="stretch")
        for comment in row.comments:
            source.caption("Comment")
            source.text(comment)
        for index, (label, text) in enumerate(_fields(row, language)):
            target.text_area(label, value=text, key=f"{key}:{index}", height="content")
        buttons = st.container(horizontal=True)

        def act(state: State, *, omit: bool = False) -> None:
            _decide(project, document, language, row, _typed(row, key), state, omit=omit)

        def go(in_order: Sequence[Row]) -> None:
            other = next_row(in_order, states, row.id)
            st.session_state[place] = other.id if other else row.id

        def confirm() -> None:
            typed = _typed(row, key)
            stays_out = row.omitted and not typed[0].strip()
            if _decide(project, document, language, row, typed, State.TRANSLATED, omit=stays_out):
                following = next_row(all_rows, states, row.id)
                st.session_state[place] = following.id if following else None

        buttons.button("Confirm and next", type="primary", shortcut="Ctrl+Enter", on_click=confirm)
        buttons.button("Save draft", on_click=act, args=(State.DRAFT,))
        if not is_catalog(document):
            buttons.button("Left out on purpose", on_click=act, args=(State.TRANSLATED,), kwargs={"omit": True})
        buttons.button("Previous", shortcut="Alt+PageUp", on_click=go, args=(all_rows[::-1],))
        buttons.button("Next", shortcut="Alt+PageDown", on_click=go, args=(all_rows,))


def _fields(row: Row, language: str) -> list[tuple[str, str]]:
    """Return the label and text of each field: one, or one a plural form with numbers that take it."""
    name = display_name(language)
    if not row.forms:
        return [(f"Translation ({name})", row.target)]
    return [(f"{name}, for {', '.join(map(str, form.examples))}", form.text) for form in row.forms]


def _typed(row: Row, key: str) -> list[str]:
    return [st.session_state[f"{key}:{index}"] for index in range(max(1, len(row.forms)))]


def _decide(
    project: Project, document: str, language: str, row: Row, typed: Sequence[str], state: State, *, omit: bool
) -> bool:
    """Write the decision; what went wrong is shown on the next run of the page, with the text that was typed."""
    text = "\n".join(typed)
    plural = dict(enumerate(typed)) if row.forms else {}
    try:
        decide(project, document, language, row, "" if omit else typed[0], state, plural=plural, omit=omit)
    except ConflictError as error:
        st.session_state["notice"] = (str(error), text, error.theirs)
        return False
    except WorkflowError as error:
        st.session_state["notice"] = (str(error), text, None)
        return False
    return True


def _notice() -> None:
    message, mine, theirs = st.session_state.pop("notice", ("", "", None))
    if not message:
        return
    st.error("Not saved.")
    st.text(message)
    if theirs is not None:
        left, right = st.columns(2)
        left.caption("Your text, not saved")
        left.code(mine, language=None, wrap_lines=True)
        right.caption("The text that stands there now")
        right.code(theirs, language=None, wrap_lines=True)


def _facts(row: Row) -> str:
    parts = [row.kind, row.state.name.lower()]
    if row.confidence is not None:
        parts.append(f"aligned, confidence {row.confidence:.2f}")
    if row.omitted:
        parts.append("the translation leaves this out")
    if not row.valid:
        parts.append("changed in another editor: decide again")
    return " · ".join(part for part in parts if part)
