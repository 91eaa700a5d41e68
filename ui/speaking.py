"""The language of a request: chosen before every page and route, told to the browser, changed when a reader asks."""

import json
from hashlib import blake2b
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from locales.tags import direction

from .guard import local_place
from .languages import COOKIE, choose_language
from .messages import LANGUAGES, _, language, use_language, words

_YEAR = 365 * 24 * 3600
_AS_WRITTEN = b'<html lang="en">'  # so begin our plain pages, and the one page of Streamlit
# What would bring a page packed, in parts, or not at all since it is as it was, in whatever language.
_SHORTCUTS = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}


class Speaking:
    """Chooses the language of each request, and writes it with its direction into the element ``html`` of a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on in its language."""
        if scope["type"] in ("http", "websocket"):
            connection = HTTPConnection(scope)
            use_language(choose_language(connection.cookies.get(COOKIE), connection.headers.get("accept-language")))
        if scope["type"] == "http" and _may_be_page(scope):
            headers = [(name, value) for name, value in scope["headers"] if name not in _SHORTCUTS]
            await self.app({**scope, "headers": headers}, receive, _in_language(send))
        else:
            await self.app(scope, receive, send)


def _may_be_page(scope: Scope) -> bool:
    """Tell pages by their names of one part: other HTML is a document of a translator, and none of ours to change."""
    path: str = scope["path"]
    return scope["method"] == "GET" and path.count("/") == 1


def _in_language(send: Send) -> Send:
    """Return a `send` that holds a page back until it is whole, and then gives it its language."""
    held: list[Message] = []

    async def send_in_language(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            held.append(message)
        elif not held:
            await send(message)
        else:
            held.append(message)
            if not message.get("more_body", False):
                page = _whole(held)
                held.clear()
                for part in page:
                    await send(part)

    return send_in_language


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


def _whole(held: list[Message]) -> tuple[Message, Message]:
    """Make one answer of the parts of a page, in the language spoken."""
    start, *parts = held
    tag = language()
    spoken = f'<html lang="{tag}" dir="{direction(tag)}">'.encode()
    body = b"".join(part.get("body", b"") for part in parts).replace(_AS_WRITTEN, spoken, 1)
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(len(body))
    headers["vary"] = "Cookie, Accept-Language"
    for known in ("etag", "last-modified", "accept-ranges"):
        del headers[known]
    return start, {"type": "http.response.body", "body": body}


async def _choose(request: Request) -> Response:
    """Keep the language ``tag`` in this browser, and lead back to the page ``to``."""
    tag = request.query_params.get("tag")
    try:
        to = urlsplit(request.query_params.get("to", "/"))
    except ValueError:
        to = urlsplit("//")
    if tag not in LANGUAGES or to.scheme or to.netloc or not to.path:
        return PlainTextResponse(_("There is no such language, or no such page here."), 400)
    response = RedirectResponse(local_place(to.path, to.query), 303)
    response.set_cookie(COOKIE, tag, max_age=_YEAR, httponly=True, samesite="strict")
    return response


async def _words(request: Request) -> Response:
    """Answer with the words of the editor; a browser asks each time whether they have changed."""
    tag = request.path_params["tag"]
    if tag not in LANGUAGES:
        return PlainTextResponse(_("There is no such language, or no such page here."), 404)
    data = json.dumps(words(tag), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{blake2b(data, digest_size=8).hexdigest()}"'
    headers = {"etag": etag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type="application/json")


ROUTES = [Route("/hexapla/language", _choose), Route("/hexapla/words/{tag}.json", _words)]
