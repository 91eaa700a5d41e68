"""Who looks at a page of Streamlit, and what may they do?"""

import streamlit as st

from workflow.project import Project

from .guard import cookie_name
from .tokens import Claims, Denied, Kind, Role, Signer, project_signer


def session_claims(signer: Signer) -> Claims:
    """Return what the browser's cookie vouches for.

    Raises:
        Denied: 401, it is none of this project, or has expired.
    """
    return signer.check(Kind.SESSION, st.context.cookies.get(cookie_name(signer.project), ""))


def may(project: Project, role: Role) -> bool:
    """Tell whether who looks at the page may do what needs this role."""
    try:
        claims = session_claims(project_signer(project.root))
    except Denied:
        return False
    return list(Role).index(claims.role) >= list(Role).index(role)
