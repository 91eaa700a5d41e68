"""A call of a JSON route: its arguments read and checked, its answer written, what goes wrong said in one sentence.

Every request bears a route token (see `ui.tokens`), a POST bears JSON; an error is a sentence and a code.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from locales import LocalesError
from locales.tags import display_name
from segments import SegmentsError
from workflow import WorkflowError
from workflow.errors import BusyError, QueryError, UnwritableError
from workflow.open_catalog import OpenCatalog
from workflow.people import LEAST, Deed
from workflow.session import Session

from .tokens import Claims, Denied, route_claims

_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")

Answer = dict[str, Any]
T = TypeVar("T")


class BadRequest(Exception):  # noqa: N818 - an answer to the client, not a fault
    """An argument is missing or of another kind."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request: the open catalogs, who asks, and the arguments by name."""

    session: Session
    claims: Claims
    arguments: Mapping[str, Any]

    def get(self, name: str, kind: type[T], default: T | None = None) -> T:
        """Return an argument of this kind.

        Raises:
            BadRequest: it is missing and has no default, or is of another kind.
        """
        value = self.arguments.get(name, default)
        if kind is int and isinstance(value, str) and value.isdecimal() and len(value) < 18:
            value = int(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadRequest(f"`{name}` must be given as {kind.__name__}.")
        return value

    @property
    def language(self) -> str:
        """The target language that `language` names.

        Raises:
            ProjectError: it is none.
        """
        (tag,) = self.session.project.select_languages(self.get("language", str))
        return tag

    @property
    def catalog(self) -> OpenCatalog:
        """The catalog that `document` and `language` name."""
        return self.session.open(self.get("document", str), self.language)

    def need(self, deed: Deed, *languages: str | None) -> None:
        """Refuse who may not do this in the language of the call, or in each of others; None asks for them all.

        Raises:
            Denied: 403.
        """
        rights = self.claims.rights
        for language in languages or (self.language,):
            if not rights.may(deed, language):
                where = "all languages" if language is None else display_name(language)
                raise Denied(
                    403,
                    "role",
                    f"This needs the role of {LEAST[deed]} in {where}; you are {rights.role_in(language)}.",
                )


def operation_id(call: Call) -> str:
    """Return the id that the client gave an operation: it stands in the journal, once."""
    name = call.get("id", str)
    if not _ID.fullmatch(name):
        raise BadRequest("`id` must be 1 to 100 letters, digits, dots, hyphens and underscores.")
    return name


def route(name: str, handler: Callable[[Call], Answer], method: str = "GET") -> Route:
    """Return the route of this name below /hexapla/api/."""
    endpoint: Callable[[Request], Awaitable[Response]] = partial(_answer, handler)
    compressed = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=1)
    return Route(f"/hexapla/api/{name}", endpoint, methods=[method], middleware=[compressed])


async def _answer(handler: Callable[[Call], Answer], request: Request) -> Response:
    """Answer a request; what goes wrong is said in one sentence."""
    try:
        claims = route_claims(request)
        arguments = await _arguments(request)
        call = Call(request.state.session, claims, arguments)
        return json_response(await run_sync(handler, call))
    except Denied as error:
        return json_response({"error": str(error), "code": error.code}, error.status)
    except BadRequest as error:
        return json_response({"error": f"{error} Reload the page.", "code": "request"}, 400)
    except BusyError as error:
        return json_response({"error": str(error), "code": "busy"}, 409)
    except UnwritableError as error:
        return json_response({"error": str(error), "code": "unwritable"}, 507)
    except QueryError as error:
        return json_response({"error": str(error), "code": "query"}, 400)
    except (WorkflowError, LocalesError, SegmentsError) as error:
        return json_response({"error": str(error), "code": "unusable"}, 404)


async def _arguments(request: Request) -> Mapping[str, Any]:
    if request.method == "GET":
        return dict(request.query_params)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise BadRequest("The body must be JSON (Content-Type: application/json).")
    try:
        arguments = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(arguments, dict):
        raise BadRequest("The body must be a JSON object.")
    return arguments


def json_response(content: Answer, status: int = 200) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Half a character, from a broken file, can only be written as an escape.
    data = json.dumps(content).encode() if _has_surrogates(text) else text.encode()
    return Response(data, status, media_type="application/json")


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


async def _nothing(request: Request) -> Response:
    return json_response({"error": "There is no such route. Reload the page.", "code": "route"}, 404)


#: Answers to what is no route of ours; it comes after all others.
NOTHING = Route("/hexapla/api/{name:path}", _nothing, methods=["GET", "POST"])
