"""The editor and the align page inside Streamlit: one component each, which talks to the routes by itself."""

import streamlit as st

from .assets import FOLDER
from .messages import _
from .tokens import Denied, Kind, Signer
from .visit import session_claims

# It is all of the page: no room for what is not there, no second scroll bar.
LAYOUT = """<style>
[data-testid=stMainBlockContainer] { padding: 3.75rem 0 0; max-inline-size: none }
[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] { gap: 0 }
</style>"""


def show_application(application: str, signer: Signer) -> None:
    """Draw the ``editor`` or the ``aligner`` for the session that the browser's cookie names.

    A script run gives the component a fresh token, no more: confirming something runs no script.
    """
    try:
        session = session_claims(signer)
    except Denied as denied:
        st.error(f"{denied} Run `hexapla review` in the project's folder: it prints a new address.")
        return
    st.html(LAYOUT)
    mount = st.components.v2.component(f"hexapla_{application}", js=(FOLDER / "component.js").read_text("utf-8"))
    token = signer.sign(Kind.ROUTE, session.user, session.rights.role, session.rights.languages)
    failed = _("The page did not load. Is `hexapla review` still running? Then load the page anew.")
    mount(key=application, data={"application": application, "token": token, "failed": failed})
