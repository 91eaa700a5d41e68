"""Who looks at a page of Streamlit, and what may they do?"""

import streamlit as st

from workflow.people import Rights, Role
from workflow.project import Project

from .guard import cookie_name
from .tokens import Claims, Denied, Kind, Signer, project_signer


def session_claims(signer: Signer) -> Claims:
    """Return what the browser's cookie vouches for.

    Raises:
        Denied: 401, it is none of this project, or has expired.
    """
    return signer.check(Kind.SESSION, st.context.cookies.get(cookie_name(signer.project), ""))


def rights(project: Project) -> Rights:
    """Return what who looks at the page may do; whose entry has expired only looks."""
    try:
        return session_claims(project_signer(project.root)).rights
    except Denied:
        return Rights(Role.READER)
