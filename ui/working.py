"""How a page shows long work: what runs, how far it is, a way to end it, and what came of it."""

from collections.abc import Callable

import streamlit as st

from workflow.people import Deed
from workflow.project import Progress, Project

from .jobs import Job, Kind, running, start
from .messages import _
from .visit import rights

POLL = 0.5  # seconds
QUICK = 0.4  # seconds that a page waits for what may end at once
JOB = "job"  # of this visit, running or ended


def begin(project: Project, kind: Kind, request: object, work: Callable[[Progress], object]) -> None:
    """Begin work for this visit and draw the page anew; where other work has not ended, say so."""
    job = start(project.root, kind, request, work)
    if job is None:
        st.warning(_("Other work on this project has not ended yet. Wait for it, or cancel it."))
        return
    st.session_state[JOB] = job
    job.wait(QUICK)
    st.rerun()


def show_running(project: Project) -> bool:
    """Draw the work that runs, whoever began it, and tell whether there is any."""
    job = running(project.root)
    if job is not None:
        _watch(job, may_cancel=rights(project).may_somewhere(Deed.ADD))
    return job is not None


def ended(*kinds: Kind) -> Job | None:
    """Return the work of this visit, if it has ended and is of one of these kinds."""
    job = st.session_state.get(JOB)
    return job if isinstance(job, Job) and job.ended and job.kind in kinds else None


def forget() -> None:
    """Show no more what came of the work."""
    st.session_state.pop(JOB, None)


def show_failure(job: Job) -> bool:
    """Say why the work has no result, and tell whether that is so."""
    if job.error is not None:
        st.error(_("This did not work. Nothing was changed."))
        st.text(str(job.error))
    elif job.result is None:
        st.info(_("Cancelled. Nothing was changed."))
    return job.result is None


@st.fragment(run_every=POLL)
def _watch(job: Job, *, may_cancel: bool) -> None:
    if job.ended:
        st.rerun()
    st.progress(job.step.share, _("Ending …") if job.ending else _title(job.kind))
    if may_cancel:
        st.button(_("Cancel"), key="cancel-work", on_click=job.cancel, disabled=job.ending)


def _title(kind: Kind) -> str:
    return {
        "add": _("Cutting the document into sentences …"),
        "pair": _("Aligning the translation …"),
        "compare": _("Comparing both versions …"),
        "update": _("Taking the new version …"),
        "build": _("Compiling and building …"),
        "targets": _("Preparing the languages …"),
    }[kind]
