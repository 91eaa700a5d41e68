"""Documents in: add a source or a translation of it, and follow a source that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from segments import SegmentsError
from segments.documents import LARGEST
from workflow import ProjectError
from workflow.errors import DoubtfulError
from workflow.ingest import Change
from workflow.intake import (
    Incoming,
    Paired,
    inside,
    likely_source,
    preview_update,
    take_document,
    take_translation,
    take_update,
    uploaded,
)
from workflow.overview import Standing, overview
from workflow.people import Deed
from workflow.project import Progress, Project

from .figures import language_name, percent
from .jobs import Job
from .markup import STYLE, link, literal, table
from .messages import _, n_, number
from .visit import rights
from .working import begin, ended, forget, show_failure, show_running

SHOWN = 50  # texts of a kind in a preview
ROUND = "round"  # a file field forgets its file when its key changes


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; for a source document ``language`` is empty."""

    incoming: Incoming
    document: str = ""
    language: str = ""
    force: bool = False


def show_documents(project: Project) -> None:
    """Draw the page."""
    st.title(_("Documents"), anchor=False)
    standings = overview(project)
    busy = show_running(project)
    _show_outcome(project)
    _show_list(project, standings)
    allowed = rights(project)
    languages = [project.source] if allowed.may(Deed.ADD) else []
    languages += [tag for tag in project.targets if allowed.may(Deed.ADD, tag)]
    if not languages:
        st.text(_("You may look at the documents; a translator adds them."))
        return
    st.header(_("Add a document or a translation"), anchor=False)
    _show_adding(project, languages, busy=busy)
    if standings and allowed.may(Deed.ADD):
        st.header(_("Update a document whose source changed"), anchor=False)
        _show_updating(project, busy=busy)


def _show_list(project: Project, standings: Sequence[Standing]) -> None:
    if not standings:
        st.info(_("There are no documents yet. Add the first one below."))
        return
    by_place = {(each.document, each.language): each for each in standings}
    head = [_("Document"), _("Sentences"), *map(language_name, project.targets)]
    rows = []
    for document in dict.fromkeys(each.document for each in standings):
        found = [by_place[document, tag] for tag in project.targets]
        sentences = max((each.status.sentences for each in found if each.status), default=0)
        rows.append([document, number(sentences), *map(_cell, found)])
    st.html(STYLE + table(head, rows, _("Documents and their translations")))


def _cell(standing: Standing) -> str:
    status = standing.status
    place = {"document": standing.document, "language": standing.language}
    if status is None:
        return escape(_("cannot be read"))
    if not status.beads:
        return link(_("translate"), "review", **place)
    return link(n_("aligned, {n} bead", "aligned, {n} beads", status.beads), "align", **place)


def _show_adding(project: Project, languages: Sequence[str], *, busy: bool) -> None:
    incoming, path = _file_fields("add")
    language = st.selectbox(_("Language of the file"), languages, format_func=language_name, key="add-language")
    name = incoming.name if incoming else path.rpartition("/")[2]
    if language == project.source:
        key = f"add-name-{st.session_state.get(ROUND, 0)}"
        document = st.text_input(_("Name in the project"), key=key, placeholder=name or _("the name of the file"))
        force = False
    else:
        document, force = _show_pairing(project, name, language)
    label = _("Add the document") if language == project.source else _("Add and align the translation")
    if st.button(label, type="primary", disabled=busy, key="add"):
        found = _chosen(project, incoming, path)
        if found is not None and language == project.source:
            begin(project, "add", Request(found), lambda progress: take_document(project, found, document))
        elif found is not None and document:
            _begin_pairing(project, Request(found, document, language, force), doubtful=False)


def _show_pairing(project: Project, name: str, language: str) -> tuple[str, bool]:
    """Ask which document a file translates, and where one has a translation whether it is to be replaced."""
    documents = project.documents()
    if not documents:
        st.text(_("Add the source document first; then its translation can be aligned to it."))
        return "", False
    likely = documents.index(likely_source(project, name, language) or documents[0])
    document = st.selectbox(_("Translation of"), documents, index=likely, key=f"add-document-{language}-{name}")
    if project.translation_path(document, language) is None:
        return document, False
    return document, st.checkbox(_("Replace the translation that is there"), key=f"add-force-{language}-{document}")


def _begin_pairing(project: Project, asked: Request, *, doubtful: bool) -> None:
    work = partial(
        take_translation,
        project,
        asked.incoming,
        asked.language,
        asked.document,
        force=asked.force,
        doubtful=doubtful,
    )
    begin(project, "pair", asked, lambda progress: work(progress=progress))


def _show_updating(project: Project, *, busy: bool) -> None:
    document = st.selectbox(_("Document"), project.documents(), key="update-document")
    incoming, path = _file_fields("update")
    if st.button(_("Compare with the new version"), disabled=busy, key="compare"):
        found = _chosen(project, incoming, path)
        if found is not None:
            begin(
                project, "compare", Request(found, document), lambda progress: preview_update(project, found, document)
            )


def _file_fields(key: str) -> tuple[Incoming | None, str]:
    """Ask for a file: from the reader's machine, or by its path in the project's folder."""
    left, right = st.columns(2)
    turn = st.session_state.get(ROUND, 0)
    upload = left.file_uploader(_("File"), key=f"{key}-file-{turn}", max_upload_size=LARGEST // 1_000_000)
    path = right.text_input(
        _("Or its path in the project's folder"), key=f"{key}-path-{turn}", placeholder="drafts/letter.docx"
    )
    return (uploaded(upload.name, upload.getvalue()) if upload else None), path.strip()


def _chosen(project: Project, incoming: Incoming | None, path: str) -> Incoming | None:
    """Return the file that was chosen; where there is none, say so."""
    if incoming is not None:
        return incoming
    if not path:
        st.warning(_("Choose a file first."))
        return None
    try:
        return inside(project, path)
    except (ProjectError, SegmentsError) as error:
        st.error(_("This file cannot be taken."))
        st.text(str(error))
        return None


def _show_outcome(project: Project) -> None:
    """Say what came of the work that this visit asked for last."""
    job = ended("add", "pair", "compare", "update")
    if job is None:
        return
    if isinstance(job.error, DoubtfulError):
        _show_doubt(project, job)
    elif not show_failure(job):
        _show_result(project, job)


def _show_result(project: Project, job: Job) -> None:
    result = job.result
    if isinstance(result, Change) and job.kind == "compare":
        _show_preview(project, job.request, result)
        return
    if isinstance(result, Paired):
        _show_paired(result)
    elif isinstance(result, Change) and job.kind == "add":
        n = result.kept + result.changed + result.new
        st.success(n_("Added: {n} sentence.", "Added: {n} sentences.", n))
        st.text(result.document)
    elif isinstance(result, Change):
        st.success(_("The new version is taken."))
        st.text(f"{result.document}: {_in_words(result)}")
    if job.request is not None:  # what was taken is no longer offered, nor kept in memory
        job.request = None
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _show_paired(paired: Paired) -> None:
    if paired.aligned is None:
        n = paired.messages
        st.success(n_("Added: {n} message of it is translated.", "Added: {n} messages of it are translated.", n))
        return
    sure = percent(round(paired.aligned.plausibility.confidence * 100), 100)
    n = len(paired.aligned.beads)
    st.success(
        n_("Added and aligned: {n} bead, {sure} sure.", "Added and aligned: {n} beads, {sure} sure.", n, sure=sure)
    )
    see = link(_("See the alignment"), "align", document=paired.document, language=paired.language)
    st.html(f'{STYLE}<p class="hx">{see}</p>')


def _show_doubt(project: Project, job: Job) -> None:
    """Nothing was written: a person has to say that the pair belongs together."""
    asked = job.request
    assert isinstance(asked, Request)
    st.warning(_("These two texts may not belong together. Nothing was added yet."))
    st.text(str(job.error))
    with st.container(horizontal=True):
        if st.button(_("Add it all the same"), key="doubtful"):
            _begin_pairing(project, asked, doubtful=True)
        st.button(_("Leave it"), key="leave", on_click=forget)


def _show_preview(project: Project, asked: object, change: Change) -> None:
    """Show what a new version would change, before it is taken."""
    assert isinstance(asked, Request)
    document = literal(asked.document)
    st.header(_("What the new version of {document} changes", document=document), anchor=False)
    st.text(_in_words(change))
    parts = (
        (_("Changed"), [f"{before}\n→ {now}" for before, now in change.changed_texts]),
        (_("New"), change.new_texts),
        (_("Gone"), change.gone_texts),
    )
    for title, texts in parts:
        if texts:
            with st.expander(_("{title}: {count}", title=title, count=number(len(texts)))):
                for each in texts[:SHOWN]:
                    st.text(each)
                if len(texts) > SHOWN:
                    st.text(n_("and {n} more", "and {n} more", len(texts) - SHOWN))
    if change.updates:
        head = [_("Language"), _("Kept"), _("Become drafts"), _("New"), _("Kept as obsolete")]
        rows = [
            [language_name(tag), *(number(len(part)) for part in (u.carried, u.changed, u.new, u.gone))]
            for tag, u in change.updates.items()
        ]
        st.html(STYLE + table(head, rows, _("What becomes of the translations")))

    def take(progress: Progress) -> Change:
        return take_update(project, asked.incoming, asked.document, progress)

    with st.container(horizontal=True):
        if st.button(_("Take the new version"), type="primary", key="take"):
            begin(project, "update", asked, take)
        st.button(_("Leave it"), key="leave", on_click=forget)


def _in_words(change: Change) -> str:
    return _(
        "Sentences that stay: {kept}; changed: {changed}; new: {new}; gone: {gone}.",
        kept=number(change.kept),
        changed=number(change.changed),
        new=number(change.new),
        gone=number(change.gone),
    )
