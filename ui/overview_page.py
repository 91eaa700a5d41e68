"""How far is every document in every language, what comes next, and how did it come so far?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape

import streamlit as st

from locales import LocalesError, State
from workflow import ProjectError
from workflow.overview import Standing, Step, Task, next_steps, overview
from workflow.progress_history import Day, History, progress_history
from workflow.project import Project
from workflow.records import SURE, hundredths
from workflow.session import recover

from .figures import day, language_name, listing, percent
from .jobs import running
from .markup import STYLE, isolated, link, table, text
from .messages import _, n_, number

# Okabe and Ito's colours, told apart by most people with a colour vision deficiency, in light and dark.
COLOURS = {
    State.APPROVED: "#009E73",
    State.TRANSLATED: "#56B4E9",
    State.DRAFT: "#E69F00",
    State.UNTRANSLATED: "#999999",
}
STEPS = 8  # shown at once
POLL = 1.0  # seconds
LONGEST = 90  # characters of a sentence
HISTORY = """<style>
.hx .days { display: flex; block-size: 12rem; gap: .5rem }
.hx .scale, .hx .ends { display: flex; justify-content: space-between; font-size: .875rem }
.hx .scale { flex-direction: column; text-align: end }
.hx figure, figure.hx { margin: 0 }
.hx .ends { margin-block-start: .25rem; padding-inline-start: 3rem }
.hx .days ol { display: flex; gap: 0; flex: 1; align-items: flex-end; list-style: none; padding: 0;
  border-block: 1px solid color-mix(in srgb, currentColor 25%, transparent) }
.hx .days li { block-size: 100%; display: flex; align-items: flex-end }
.hx .days li > div { display: flex; flex-direction: column-reverse; inline-size: 100% }
.hx .days span { display: block }
.hx .scale span { min-inline-size: 2.5rem }
</style>"""

Counts = Mapping[State, int]


def show_overview(project: Project) -> None:
    """Draw the page."""
    st.title(_("Overview"), anchor=False)
    st.text(project.name)
    _catch_up(project)
    standings = overview(project)
    if not standings:
        st.info(_("There are no documents yet."))
        st.html(STYLE + f'<p class="hx">{link(_("Add the first document"), "documents")}</p>')
        return
    total = _total(standings)
    _show_figures(standings, total)
    _show_steps(standings)
    _show_matrix(project, standings)
    _show_history(project, total)


def _catch_up(project: Project) -> None:
    """Bring the files up to what was just done in review; our own long work holds the lock, which is not waited for."""
    if running(project.root):
        return
    try:
        recover(project)
    except (ProjectError, LocalesError) as error:
        st.warning(_("What was done in review last is not counted yet."))
        st.text(str(error))


def _total(standings: Sequence[Standing]) -> Counts:
    total: Counter[State] = Counter()
    for each in standings:
        total.update(each.status.states if each.status else {})
    return total


def _show_figures(standings: Sequence[Standing], total: Counts) -> None:
    done, sentences = _done(total), sum(total.values())
    words = sum(each.status.words_left for each in standings if each.status)
    left, middle, right = st.columns(3)
    left.metric(_("Confirmed"), percent(done, sentences))
    middle.metric(_("Sentences left"), number(sentences - done))
    right.metric(_("Words left"), number(words))


def _done(states: Counts) -> int:
    return states.get(State.TRANSLATED, 0) + states.get(State.APPROVED, 0)


def _show_steps(standings: Sequence[Standing]) -> None:
    st.header(_("What to do next"), anchor=False)
    for problem in [each.problem for each in standings if each.problem][:STEPS]:
        st.text(problem)
    steps = next_steps(standings)
    if not steps:
        if all(each.status for each in standings):
            st.success(_("Everything is confirmed: nothing is left to do."))
            st.html(STYLE + f'<p class="hx">{link(_("Build the documents"), "build")}</p>')
        return
    if any(step.task is Task.DOUBTFUL for step in steps):
        share = percent(int(100 * SURE), 100)
        st.text(_("A bead is doubtful while nobody has confirmed it and its confidence is below {sure}.", sure=share))
    items = "".join(f"<li>{_step(step)}</li>" for step in steps[:STEPS])
    st.html(f'{STYLE}<div class="hx"><ol>{items}</ol></div>')
    if len(steps) > STEPS:
        with st.expander(n_("{n} more", "{n} more", len(steps) - STEPS)):
            rest = "".join(f"<li>{_step(step)}</li>" for step in steps[STEPS:])
            st.html(f'<div class="hx"><ol start="{STEPS + 1}">{rest}</ol></div>')


def _step(step: Step) -> str:
    """Return what is to be done, where, and the sentence to begin with."""
    place = _("{document}, {language}", document=isolated(step.document), language=language_name(step.language))
    query = {"document": step.document, "language": step.language, "row": step.row}
    page, find = _place(step.task)
    lead = link(_task(step), page, **query, **({"find": find} if find else {}))
    said = [f"{lead} {escape(place)}"]
    if step.confidence is not None:
        share = percent(int(100 * Decimal(hundredths(step.confidence))), 100)
        said.append(escape(_("least sure: {confidence}", confidence=share)))
    if step.text:
        short = step.text if len(step.text) <= LONGEST else step.text[:LONGEST].rstrip() + "…"
        said.append(text(f"“{short}”"))
    first, *rest = said
    return f'{first}<br><span class="quiet">{" · ".join(rest)}</span>' if rest else first


def _place(task: Task) -> tuple[str, str]:
    """Return the page on which something is done, and what is searched for there."""
    return {
        Task.UNLIKELY: ("align", ""),
        Task.CONFLICT: ("review", "is:conflict"),
        Task.BROKEN: ("review", "is:broken"),
        Task.DOUBTFUL: ("align", ""),
        Task.DRAFT: ("review", "state:draft sort:confidence"),
        Task.UNTRANSLATED: ("review", "state:untranslated"),
    }[task]


def _task(step: Step) -> str:
    n = step.count
    match step.task:
        case Task.UNLIKELY:
            return _("See whether these texts belong together")
        case Task.CONFLICT:
            return n_("Settle {n} conflict", "Settle {n} conflicts", n)
        case Task.BROKEN:
            return n_("Mend {n} broken bead", "Mend {n} broken beads", n)
        case Task.DOUBTFUL:
            return n_("Look at {n} doubtful bead", "Look at {n} doubtful beads", n)
        case Task.DRAFT:
            return n_("Confirm {n} draft", "Confirm {n} drafts", n)
        case Task.UNTRANSLATED:
            return n_("Translate {n} sentence", "Translate {n} sentences", n)


def _show_matrix(project: Project, standings: Sequence[Standing]) -> None:
    st.header(_("Documents and languages"), anchor=False)
    by_place = {(each.document, each.language): each for each in standings}
    documents = dict.fromkeys(each.document for each in standings)
    head = [_("Document"), *map(language_name, project.targets)]
    rows = [[document, *(_cell(by_place[document, tag]) for tag in project.targets)] for document in documents]
    if len(documents) > 1:
        sums = [_total([each for each in standings if each.language == tag]) for tag in project.targets]
        rows.append([_("All documents"), *(f"{_bar(states)}{escape(_share(states))}" for states in sums)])
    st.html(STYLE + _legend() + table(head, rows, _("Progress by document and language")))


def _legend() -> str:
    keys = "".join(f'<li><span style="background:{c}"></span>{escape(_state(s))}</li>' for s, c in COLOURS.items())
    return f'<div class="hx"><ul class="key">{keys}</ul></div>'


def _cell(standing: Standing) -> str:
    status = standing.status
    if status is None:
        return escape(_("cannot be read"))
    share = link(_share(status.states), "review", document=standing.document, language=standing.language)
    words = n_("{n} word left", "{n} words left", status.words_left)
    return f'{_bar(status.states)}{share}<br><span class="quiet">{escape(words)}</span>'


def _share(states: Counts) -> str:
    return _("{share} confirmed", share=percent(_done(states), sum(states.values())))


def _bar(states: Counts) -> str:
    return f'<div class="bar" role="img" aria-label="{escape(_in_words(states))}">{_parts(states)}</div>'


def _parts(states: Counts) -> str:
    return "".join(
        f'<span style="flex:{states[state]} 0 0;background:{colour}"></span>'
        for state, colour in COLOURS.items()
        if states.get(state)
    )


def _in_words(states: Counts) -> str:
    return listing(f"{_state(state)}: {number(states[state])}" for state in COLOURS if states.get(state))


def _state(state: State) -> str:
    return {
        State.UNTRANSLATED: _("untranslated"),
        State.DRAFT: _("draft"),
        State.TRANSLATED: _("translated"),
        State.APPROVED: _("approved"),
    }[state]


def _show_history(project: Project, total: Counts) -> None:
    st.header(_("Progress over time"), anchor=False)
    try:
        history = progress_history(project, total, date.today())
    except ProjectError as error:
        st.warning(_("What was done before cannot be read."))
        st.text(str(error))
        return
    _draw_history(history, total)
    if not history.whole:
        st.text(_("Older days are still being read."))
        st.fragment(_read_on, run_every=POLL)(project, total)


def _read_on(project: Project, total: Counts) -> None:
    """Read the next part of a long history, and draw the page anew when there is no more."""
    if progress_history(project, total, date.today()).whole:
        st.rerun()


def _draw_history(history: History, total: Counts) -> None:
    days = history.days
    if not history.committed:
        st.text(_("Nothing of this project is in git, so only what was done in review on this machine is known."))
    if len(days) == 1:
        st.text(_("Today: {states}.", states=_in_words(total)))
        return
    first, last = days[0], days[-1]
    said = _(
        "On {first} {before} of the sentences were confirmed, today {now}.",
        first=day(first.day),
        before=percent(_done(first.states), sum(first.states.values())),
        now=percent(_done(last.states), sum(last.states.values())),
    )
    st.text(said)
    st.html(f'{STYLE}{HISTORY}{_legend()}<figure class="hx" aria-label="{escape(said)}">{_columns(days)}</figure>')


def _columns(history: Sequence[Day]) -> str:
    """Return a column for each day, as wide as the time until the next; today is as wide as the line it draws."""
    most = max(sum(each.states.values()) for each in history) or 1
    ends = [each.day for each in history[1:]]
    widths = [(end - each.day).days for each, end in zip(history, ends, strict=False)]
    widths.append(max(1, sum(widths) // 40))
    columns = "".join(_column(each, most, width) for each, width in zip(history, widths, strict=True))
    scale = f'<div class="scale"><span>{number(most)}</span><span>{number(0)}</span></div>'
    days = f"<span>{escape(day(history[0].day))}</span><span>{escape(day(history[-1].day))}</span>"
    return f'<div class="days">{scale}<ol>{columns}</ol></div><div class="ends">{days}</div>'


def _column(each: Day, most: int, width: int) -> str:
    said = escape(f"{day(each.day)} – {_in_words(each.states)}")
    height = 100 * sum(each.states.values()) / most
    return (
        f'<li style="flex:{width} 0 2px" title="{said}">'
        f'<div role="img" aria-label="{said}" style="block-size:{height:.1f}%">{_parts(each.states)}</div></li>'
    )
