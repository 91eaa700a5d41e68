"""Which language a reader is spoken to, and how a page, a script and a sentence of the server come to be in it."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message

from ui import speaking
from ui.languages import COOKIE, choose_language
from ui.messages import LANGUAGES, language
from ui.speaking import Speaking

PAGE = '<!doctype html>\n<html lang="en">\n<title>Seite</title>\n</html>'


@pytest.mark.parametrize(
    ("kept", "accepted", "chosen"),
    [
        (None, None, "en"),
        ("", "", "en"),
        ("fa", "de", "fa"),
        ("xx", "de", "de"),
        ("../de", None, "en"),
        (None, "de-AT", "de"),
        (None, "DE", "de"),
        (None, "fr, tr;q=0.5, ru;q=0.8", "ru"),
        (None, "fr;q=0.9, ja", "en"),
        (None, "en;q=0.4, az-Latn-AZ;q=0.5", "az"),
        (None, "de;q=0, tr;q=0.1", "tr"),
        (None, "de;q=0", "en"),
        (None, "*", "en"),
        (None, "de;q=abc, ru ; q=0.2", "ru"),
        (None, "tr , ru", "tr"),
        (None, ",,;q=1,-,de-,fa", "fa"),
    ],
)
def test_the_language_is_the_kept_one_else_the_one_liked_best(
    kept: str | None, accepted: str | None, chosen: str
) -> None:
    assert choose_language(kept, accepted) == chosen


@given(st.none() | st.text(), st.none() | st.text(alphabet="abdefrtuz-;q=.01, *"))
def test_whatever_a_browser_says_the_language_is_one_of_ours(kept: str | None, accepted: str | None) -> None:
    assert choose_language(kept, accepted) in LANGUAGES


async def page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": '"1"', "last-modified": "yesterday"})


async def parts(request: Request) -> Response:
    return StreamingResponse(iter([PAGE[:20], PAGE[20:40], PAGE[40:]]), media_type="text/html; charset=utf-8")


async def spoken(request: Request) -> Response:
    return Response(language())


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


ROUTES = [
    *speaking.ROUTES,
    Route("/page", page),
    Route("/parts", parts),
    Route("/spoken", spoken),
    Route("/media/file.html", page),
]


def get(address: str, **headers: str) -> Answer:
    """Ask our routes behind the middleware for an address; header names have ``_`` for ``-``."""
    path, _, query = address.partition("?")
    sent: list[Message] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return await asyncio.Future()  # a browser that stays

    async def send(message: Message) -> None:
        sent.append(message)

    before = [Middleware(Speaking), Middleware(GZipMiddleware, minimum_size=1)]
    answering = Starlette(routes=ROUTES, middleware=before)(scope, receive, send)
    with ThreadPoolExecutor() as elsewhere:  # the browser of other tests has a loop in this thread
        elsewhere.submit(asyncio.run, answering).result()
    start, *parts = sent
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], named, b"".join(part.get("body", b"") for part in parts))


@pytest.mark.parametrize("path", ["/page", "/parts"])
def test_a_page_says_its_language_and_direction(path: str) -> None:
    answer = get(path, accept_language="fa-IR", accept_encoding="gzip", if_none_match='"1"')
    assert '<html lang="fa" dir="rtl">' in answer.text
    assert answer.text.endswith("</html>")
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["vary"] == "Cookie, Accept-Language"
    assert {"etag", "last-modified"}.isdisjoint(answer.headers)
    assert '<html lang="ru" dir="ltr">' in get(path, accept_language="ru").text


def test_a_document_that_is_downloaded_keeps_its_own_language() -> None:
    answer = get("/media/file.html", accept_language="fa")
    assert (answer.text, answer.headers["etag"]) == (PAGE, '"1"')


def test_each_request_is_answered_in_its_own_language() -> None:
    said = [get("/spoken", accept_language=tag).text for tag in ("ru", "az", "fr")]
    assert said == ["ru", "az", "en"]


def test_a_choice_is_kept_and_leads_back() -> None:
    answer = get("/hexapla/language?tag=az&to=/review%3Fdocument%3Da.txt")
    assert (answer.status, answer.headers["location"]) == (303, "/review?document=a.txt")
    value, *flags = answer.headers["set-cookie"].split("; ")
    assert value == f"{COOKIE}=az"
    assert {flag.lower() for flag in flags} == {"httponly", "samesite=strict", "path=/", "max-age=31536000"}
    assert get("/spoken", accept_language="ru", cookie=value).text == "az"


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org/",
        "//example.org/review",
        "///example.org",
        "\\\\example.org",
        "/\\example.org",
        "\t//example.org",
        "/\n/example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[",
        "",
        "?a=b",
    ],
)
def test_a_choice_never_leads_to_another_host(to: str) -> None:
    answer = get(f"/hexapla/language?tag=de&to={quote(to, safe='')}")
    place = answer.headers.get("location", "/")
    assert answer.status in (303, 400)
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert answer.status == 303 or "set-cookie" not in answer.headers


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_wherever_a_choice_is_to_lead_it_stays_here(to: str) -> None:
    place = get(f"/hexapla/language?tag=de&to={quote(to, safe='')}").headers.get("location", "/")
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


def test_a_language_that_is_not_ours_is_refused() -> None:
    answer = get("/hexapla/language?tag=xx&to=/", accept_language="de")
    assert (answer.status, answer.text) == (400, "Diese Sprache oder diese Seite gibt es hier nicht.")
    assert get("/hexapla/words/xx.json").status == 404


def test_the_words_are_sent_once_as_long_as_they_stay() -> None:
    answer = get("/hexapla/words/ru.json")
    assert json.loads(answer.body)["button.confirm"] == "Подтвердить"
    again = get("/hexapla/words/ru.json", if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert answer.headers["cache-control"] == "no-cache"
    assert get("/hexapla/words/en.json").body == b"{}"
