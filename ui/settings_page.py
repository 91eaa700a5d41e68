"""What a person can set: language and look of the pages, keys, and what the project says of itself."""

import re
from collections.abc import Callable
from html import escape

import streamlit as st
from babel import Locale

from locales import LocalesError
from workflow import WorkflowError
from workflow.people import Deed
from workflow.project import Project
from workflow.settings import QUOTATIONS, Habits, change_habits, choose_targets, habits, odd_habits, rename

from .figures import language_name, listing
from .markup import STYLE, link
from .messages import LANGUAGES, _, language
from .visit import rights
from .working import begin, ended, show_failure, show_running

SAVED = "saved"


def show_settings(project: Project) -> None:
    """Draw the page."""
    st.title(_("Settings"), anchor=False)
    if st.session_state.pop(SAVED, False):
        st.success(_("Saved."))
    _show_language()
    _show_look()
    _show_keys()
    if rights(project).may(Deed.MANAGE):
        _show_project(project)
        _show_habits(project)
    else:
        st.text(_("A reviewer changes the options of the project."))


def _show_language() -> None:
    st.header(_("Language of the pages"), anchor=False)
    items = "".join(f"<li>{_language(tag)}</li>" for tag in LANGUAGES)
    st.html(f'{STYLE}<div class="hx"><ul class="key">{items}</ul></div>')


def _language(tag: str) -> str:
    """Return a link that chooses a language, in its own words; the one that is spoken is no link."""
    name = Locale.parse(tag).display_name or tag
    name = name[0].upper() + name[1:]
    if tag == language():
        return f'<strong lang="{tag}" aria-current="true">{escape(name)}</strong>'
    return link(name, "hexapla/language", tag=tag, to="/settings").replace("<a ", f'<a lang="{tag}" hreflang="{tag}" ')


def _show_look() -> None:
    st.header(_("Light or dark"), anchor=False)
    st.text(_("The pages follow your system. The menu ⋮ in the top line has Light and Dark, too."))


def _show_keys() -> None:
    st.header(_("Keys"), anchor=False)
    st.text(_("The keys of review and align are shown, chosen and changed there, with Alt+H."))
    places = (
        link(_("Keys of the review page"), "review", show="keys"),
        link(_("Keys of the align page"), "align", show="keys"),
    )
    st.html(f'{STYLE}<div class="hx"><ul class="key">{"".join(f"<li>{each}</li>" for each in places)}</ul></div>')


def _show_project(project: Project) -> None:
    st.header(_("The project"), anchor=False)
    with st.form("name", border=False):
        name = st.text_input(_("Name"), project.name, key="settings-name")
        if st.form_submit_button(_("Save the name")):
            _save(lambda: rename(project, name))
    busy = show_running(project)
    job = ended("targets")
    if job is not None and not show_failure(job):
        st.success(_("Saved."))
    known = listing(map(language_name, project.targets))
    targets = st.text_input(
        _("Languages to translate into"),
        ", ".join(project.targets),
        key=f"settings-targets-{'-'.join(project.targets)}",
        help=_("Tags of BCP 47 with commas between, such as de, pt-BR, zh-Hans"),
    )
    st.text(_("Now: {languages}. The files of a language that you take out stay.", languages=known))
    if st.button(_("Save the languages"), disabled=busy, key="settings-save-targets"):
        tags = [tag.strip() for tag in re.split("[,،、，]", targets) if tag.strip()]
        begin(project, "targets", tags, lambda progress: choose_targets(project, tags, progress))


def _show_habits(project: Project) -> None:
    st.header(_("Where sentences end"), anchor=False)
    st.text(_("Sentences that are there stay as they are; hexapla segment --resplit cuts them anew."))
    if odd := odd_habits(project):
        st.warning(_("Some rules in hexapla.toml cannot be used. They are left out below, and go when you save there."))
        st.text("\n".join(odd))
    tags = ["", project.source, *project.targets]
    tag = st.selectbox(
        _("For"),
        tags,
        format_func=lambda each: language_name(each) if each else _("all languages"),
        key="habits-language",
    )
    said = habits(project, tag)
    with st.form(f"habits-{tag}", border=False):
        left, middle, right = st.columns(3)
        abbreviations = left.text_area(
            _("Abbreviations that end no sentence, one a line"), "\n".join(said.abbreviations)
        )
        never = middle.text_area(_("Never an end in a match of these patterns"), "\n".join(said.never))
        always = right.text_area(_("Always an end after a match of these patterns"), "\n".join(said.always))
        quotations = st.selectbox(
            _("Sentences in quotation marks"),
            ("", *QUOTATIONS),
            index=("", *QUOTATIONS).index(said.quotations),
            format_func=_quotations,
        )
        if st.form_submit_button(_("Save the rules")):
            wanted = Habits(_lines(abbreviations), _lines(never), _lines(always), quotations)
            _save(lambda: change_habits(project, wanted, tag))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _quotations(choice: str) -> str:
    return {
        "": _("as it is usual"),
        "weigh": _("cut where that is likely"),
        "cut": _("cut as elsewhere"),
        "keep": _("never cut"),
    }[choice]


def _save(change: Callable[[], object]) -> None:
    """Make a change and draw the page anew; what cannot be saved is said, and what was typed stays."""
    try:
        change()
    except (WorkflowError, LocalesError) as error:
        st.error(_("This cannot be saved."))
        st.text(str(error))
        return
    st.session_state[SAVED] = True
    st.rerun()
