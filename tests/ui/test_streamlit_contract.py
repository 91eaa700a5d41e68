"""Each thing of Streamlit that we use, by name: a release that changes one is told here in a word."""

import inspect
from collections.abc import Callable
from importlib.util import find_spec

import pytest
import streamlit as st
from streamlit import config

from ui.server import settings

USED: dict[str, tuple[Callable[..., object], set[str]]] = {
    "st.App": (st.App, {"script_path", "lifespan", "routes", "middleware"}),
    "st.App.run": (st.App.run, {"config"}),
    "st.Page": (st.Page, {"title", "url_path", "default"}),
    "st.button": (st.button, {"label", "key", "type", "disabled", "on_click"}),
    "st.checkbox": (st.checkbox, {"label", "key"}),
    "st.columns": (st.columns, {"spec"}),
    "st.components.v2.component": (st.components.v2.component, {"name", "js"}),
    "st.container": (st.container, {"horizontal"}),
    "st.download_button": (st.download_button, {"label", "data", "file_name", "mime", "on_click", "key"}),
    "st.error": (st.error, {"body"}),
    "st.expander": (st.expander, {"label"}),
    "st.file_uploader": (st.file_uploader, {"label", "key", "max_upload_size"}),
    "st.form": (st.form, {"key", "border"}),
    "st.form_submit_button": (st.form_submit_button, {"label"}),
    "st.fragment": (st.fragment, {"run_every"}),
    "st.header": (st.header, {"body", "anchor"}),
    "st.html": (st.html, {"body"}),
    "st.info": (st.info, {"body"}),
    "st.metric": (st.metric, {"label", "value"}),
    "st.multiselect": (st.multiselect, {"label", "options", "format_func", "key", "placeholder"}),
    "st.navigation": (st.navigation, {"pages", "position"}),
    "st.progress": (st.progress, {"value", "text"}),
    "st.rerun": (st.rerun, set()),
    "st.selectbox": (st.selectbox, {"label", "options", "index", "format_func", "key"}),
    "st.set_page_config": (st.set_page_config, {"page_title", "layout"}),
    "st.success": (st.success, {"body"}),
    "st.text": (st.text, {"body"}),
    "st.text_area": (st.text_area, {"label", "value"}),
    "st.text_input": (st.text_input, {"label", "value", "key", "placeholder", "help"}),
    "st.title": (st.title, {"body", "anchor"}),
    "st.warning": (st.warning, {"body"}),
}


@pytest.mark.parametrize("name", USED)
def test_streamlit_still_takes_what_we_give_to(name: str) -> None:
    function, given = USED[name]
    missing = given - set(inspect.signature(function).parameters)
    assert not missing, f"{name} of Streamlit {st.__version__} does not take {', '.join(sorted(missing))} any more"


@pytest.mark.parametrize("option", settings(8501))
def test_streamlit_still_has_the_option(option: str) -> None:
    assert option in config.get_config_options(), f"Streamlit {st.__version__} has no option {option} any more"


def test_a_component_is_still_mounted_by_key_and_data() -> None:
    mount = st.components.v2.component("contract", js="export default function () {}\n")
    missing = {"key", "data"} - set(inspect.signature(mount).parameters)
    assert not missing, f"a component of Streamlit {st.__version__} does not take {missing} any more"


@pytest.mark.parametrize("name", ["cookies", "headers"])
def test_the_cookies_and_headers_of_the_visit_are_still_told(name: str) -> None:
    assert isinstance(inspect.getattr_static(type(st.context), name), property)


def test_streamlit_is_still_served_by_starlette_and_uvicorn() -> None:
    import streamlit.web.server.starlette.starlette_server as server

    assert "UvicornRunner" in vars(server), f"Streamlit {st.__version__} starts another server: the guard may not hold"
    assert find_spec("uvicorn")
