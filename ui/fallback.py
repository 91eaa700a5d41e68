"""The editor as a plain page at /editor, and the application that serves it and the routes without Streamlit."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from html import escape
from string import Template

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from workflow.project import Project
from workflow.session import Session

from . import api, assets
from .guard import EDITOR, HEALTH, Guard
from .tokens import project_signer, route_token

_PAGE = Template((assets.FOLDER / "editor.html").read_text("utf-8"))


async def _editor(request: Request) -> HTMLResponse:
    """Answer with the page; its token stands in it, so that no script of it is inline."""
    return HTMLResponse(_PAGE.substitute(name=escape(request.state.session.project.name), token=route_token(request)))


async def _health(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


#: What our own server adds to the pages of Streamlit.
ROUTES = [*api.ROUTES, *assets.ROUTES, Route(EDITOR, _editor)]


def closing(session: Session) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return the lifespan of a server that leaves every catalog file up to its journal when it ends."""

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        with session:
            yield

    return lifespan


def plain_app(project: Project, now: Callable[[], float] = time.time) -> Starlette:
    """Return the routes, the assets and the editor of a project behind their guard, and nothing of Streamlit.

    Raises:
        ProjectError: the project's folder cannot be written.
    """
    signer = project_signer(project.root, now)
    session = Session(project, now)
    return Starlette(
        routes=[*ROUTES, Route(HEALTH, _health)],
        middleware=[Middleware(Guard, session=session, signer=signer)],
        lifespan=closing(session),
    )
