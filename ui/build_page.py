"""Documents out: compile and build, look at what is wrong, and take the files away."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from workflow.bilingual import Arrangement
from workflow.delivery import Delivery, Problem, Wish, archive, deliver, problems
from workflow.people import Deed
from workflow.project import Project
from workflow.publish import Fallback

from .figures import language_name
from .markup import STYLE, isolated, link, table, text
from .messages import _, n_, number
from .visit import rights
from .working import begin, ended, show_failure, show_running

SHOWN = 100  # problems
OUTPUTS: tuple[tuple[Arrangement | None, bool], ...] = (
    (None, False),
    (Arrangement.ROWS, False),
    (Arrangement.COLUMNS, False),
    (Arrangement.ROWS, True),
    (Arrangement.COLUMNS, True),
)


def show_build(project: Project) -> None:
    """Draw the page."""
    st.title(_("Build"), anchor=False)
    documents = project.documents()
    if not documents:
        st.info(_("There are no documents yet."))
        st.html(STYLE + f'<p class="hx">{link(_("Add the first document"), "documents")}</p>')
        return
    busy = show_running(project)
    allowed = rights(project)
    languages = [tag for tag in project.targets if allowed.may(Deed.BUILD, tag)]
    if languages:
        _show_wishes(project, documents, languages, busy=busy)
    else:
        st.text(_("A reviewer builds the documents."))
    job = ended("build")
    if job is not None and not show_failure(job) and isinstance(job.result, Delivery):
        _show_made(project, job.result)


def _show_wishes(project: Project, documents: Sequence[str], allowed: Sequence[str], *, busy: bool) -> None:
    left, right = st.columns(2)
    chosen = left.multiselect(_("Documents"), documents, key="build-documents", placeholder=_("all documents"))
    languages = right.multiselect(
        _("Languages"),
        allowed,
        format_func=language_name,
        key="build-languages",
        placeholder=_("all languages"),
    )
    output = left.selectbox(_("What to make"), OUTPUTS, format_func=_output, key="build-output")
    fallback = right.selectbox(
        _("In the place of what is not translated"), list(Fallback), format_func=_fallback, key="build-fallback"
    )
    drafts = st.checkbox(_("Take drafts too, not only confirmed work"), key="build-drafts")
    if st.button(_("Compile and build"), type="primary", disabled=busy, key="build"):
        bilingual, word = output
        wanted = tuple(chosen or documents), tuple(languages or allowed)
        instead = fallback or Fallback.SOURCE
        wish = Wish(*wanted, drafts=drafts, fallback=instead, bilingual=bilingual, word=word)
        begin(project, "build", wish, lambda progress: deliver(project, wish, progress))


def _output(output: tuple[Arrangement | None, bool]) -> str:
    return {
        (None, False): _("Translated documents"),
        (Arrangement.ROWS, False): _("Both languages, one below the other (HTML)"),
        (Arrangement.COLUMNS, False): _("Both languages side by side (HTML)"),
        (Arrangement.ROWS, True): _("Both languages, one below the other (Word)"),
        (Arrangement.COLUMNS, True): _("Both languages side by side (Word)"),
    }[output]


def _fallback(fallback: Fallback) -> str:
    return {
        Fallback.SOURCE: _("the source"),
        Fallback.MARK: _("the source in ⟦ ⟧"),
        Fallback.OMIT: _("nothing"),
    }[fallback]


def _show_made(project: Project, delivery: Delivery) -> None:
    n = len(delivery.files)
    st.success(n_("Made: {n} file.", "Made: {n} files.", n))
    _show_problems(problems(project, delivery))
    _show_downloads(project, [path for path in delivery.files if path.is_file()])
    if delivery.built:
        st.header(_("What is in the documents"), anchor=False)
        head = [_("Document"), _("Language"), _("Translated"), _("Drafts left out"), _("Untranslated"), _("Broken")]
        rows = [
            [
                made.document,
                text(language_name(made.language)),
                number(made.translated),
                _count(made.drafts, made.document, made.language, "state:draft sort:confidence"),
                _count(made.untranslated, made.document, made.language, "state:untranslated"),
                _count(made.broken, made.document, made.language, "is:broken"),
            ]
            for made in delivery.built
        ]
        st.html(STYLE + table(head, rows, _("What is in the documents")))


def _count(n: int, document: str, language: str, find: str) -> str:
    """Return a number, which leads to the sentences that it counts."""
    return link(number(n), "review", document=document, language=language, find=find) if n else number(n)


def _show_problems(found: Sequence[Problem]) -> None:
    if not found:
        st.text(_("No problems were found."))
        return
    st.header(n_("{n} problem", "{n} problems", len(found)), anchor=False)
    head = [_("Document"), _("Language"), _("Problem"), _("Place")]
    rows = [[p.document, text(language_name(p.language)), text(_problem(p)), _way(p)] for p in found[:SHOWN]]
    st.html(STYLE + table(head, rows, _("Problems")))
    if len(found) > SHOWN:
        st.text(n_("and {n} more", "and {n} more", len(found) - SHOWN))


def _problem(problem: Problem) -> str:
    said = isolated(problem.text)
    match problem.kind:
        case "refused":
            return _("Not compiled: {reason}", reason=said)
        case "tags":
            return _("Not used, its tags are not those of the source: {reason}", reason=said)
        case "broken":
            n = int(problem.text)
            return n_(
                "{n} sentence stays as source: its bead is broken",
                "{n} sentences stay as source: their beads are broken",
                n,
            )
        case "cue":
            return _("Hard to read: {reason}", reason=said)
        case "encoding":
            return _("{encoding} lacks characters of the translation", encoding=said)


def _way(problem: Problem) -> str:
    """Return a link to where a problem can be mended."""
    find = "is:broken" if problem.kind == "broken" else ""
    if not (problem.row or find):
        return ""
    return link(
        _("Open in review"), "review", document=problem.document, language=problem.language, row=problem.row, find=find
    )


def _show_downloads(project: Project, files: Sequence[Path]) -> None:
    if not files:
        return
    st.header(_("Download"), anchor=False)
    path = st.selectbox(
        _("File"), files, format_func=lambda each: each.relative_to(project.root).as_posix(), key="download-file"
    )
    with st.container(horizontal=True):
        st.download_button(_("Download this file"), path.read_bytes(), path.name, on_click="ignore", key="download-one")
        st.download_button(
            _("Download all as ZIP"),
            lambda: archive(project, files),
            f"{project.name}.zip",
            "application/zip",
            on_click="ignore",
            key="download-all",
        )
