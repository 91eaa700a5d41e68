"""The editor and the align page as plain pages, and the application that serves them without Streamlit."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from html import escape
from string import Template

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from workflow.project import Project
from workflow.session import Session

from . import align_api, api, assets, calls, speaking
from .guard import ALIGNER, EDITOR, HEALTH, Guard
from .logins import Team
from .messages import _
from .speaking import Speaking
from .tokens import project_signer, route_token

_PAGE = Template((assets.FOLDER / "page.html").read_text("utf-8"))


async def _page(title: str, application: str, request: Request) -> HTMLResponse:
    """Answer with the page, titled as in `ui.main`; its token stands in it, so that no script of it is inline."""
    name, token = escape(request.state.session.project.name), route_token(request)
    return HTMLResponse(_PAGE.substitute(title=escape(_(title)), application=application, name=name, token=token))


async def _health(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


#: What our own server adds to the pages of Streamlit.
ROUTES = [
    *api.ROUTES,
    *align_api.ROUTES,
    calls.NOTHING,
    *assets.ROUTES,
    *speaking.ROUTES,
    Route(EDITOR, partial(_page, "Review", "editor")),
    Route(ALIGNER, partial(_page, "Align", "aligner")),
]


def closing(session: Session) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return the lifespan of a server that leaves every catalog file up to its journal when it ends."""

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        with session:
            yield

    return lifespan


def plain_app(project: Project, now: Callable[[], float] = time.time, team: Team | None = None) -> Starlette:
    """Return the routes, the assets and the plain pages of a project behind their guard, and nothing of Streamlit.

    A ``team`` comes in by its login; without one, people come in by tickets.

    Raises:
        ProjectError: the project's folder cannot be written.
    """
    signer = project_signer(project.root, now)
    session = Session(project, now)
    return Starlette(
        routes=[*(team.login.routes if team else ()), *ROUTES, Route(HEALTH, _health)],
        middleware=[Middleware(Speaking), Middleware(Guard, session=session, signer=signer, team=team)],
        lifespan=closing(session),
    )
