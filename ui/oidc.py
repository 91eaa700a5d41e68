"""People log in at an OpenID provider (OpenID Connect Core 1.0, code flow with PKCE); a cookie keeps who they are.

Needs Authlib, the extra ``oidc``.
"""

import hmac
import logging
from collections.abc import Sequence
from urllib.parse import quote

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from workflow.people import Role

from .tokens import LIFETIME, Denied, Kind, Signer

LOGIN = "/hexapla/login"
CALLBACK = "/hexapla/login/callback"
LOGOUT = "/hexapla/logout"
PATIENCE = 600  # seconds that a login may take
#: Signatures with a key that the provider alone has; others are not believed, whatever it says it supports.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
# What a provider can do wrong: refuse, answer nonsense, be away, sign badly.
_FAILURES = (AuthlibBaseError, JoseError, HTTPError, RuntimeError, ValueError, KeyError, TypeError)

_log = logging.getLogger(__name__)


class OpenID:
    """The login at one provider for the server at ``url``.

    Args:
        issuer: as the provider calls itself; its description is read below it (OpenID Connect Discovery 1.0).
        client, secret: what the provider gave this server; an empty secret makes it a public client.
        claim: of the ID token, what the project's settings call a person by. An ``email`` is believed if the provider
            has verified it.
    """

    def __init__(self, url: str, issuer: str, client: str, secret: str, claim: str, signer: Signer) -> None:
        self.url = url
        self.issuer = issuer
        self.claim = claim
        self._signer = signer
        self._cookie = f"hexapla-{signer.project}-login"
        self._client: StarletteOAuth2App = OAuth().register(
            "provider",
            client_id=client,
            client_secret=secret or None,
            server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                **({} if secret else {"token_endpoint_auth_method": "none"}),
            },
        )
        session = Middleware(
            SessionMiddleware,
            secret_key=hmac.digest(signer.key, b"login", "sha256").hex(),
            session_cookie=f"hexapla-{signer.project}-state",
            max_age=PATIENCE,
            path=LOGIN,
            https_only=self._secure,
        )
        self.routes: Sequence[Route] = (
            Route(LOGIN, self._go, middleware=[session]),
            Route(CALLBACK, self._come, middleware=[session]),
            Route(LOGOUT, self._leave),
        )

    def who(self, connection: HTTPConnection) -> str:
        """Return as whom somebody has logged in.

        Raises:
            Denied: 401, nobody has, or it was too long ago.
        """
        try:
            return self._signer.check(Kind.LOGIN, connection.cookies.get(self._cookie, "")).user
        except Denied as denied:
            raise Denied(401, denied.code, "Load the page anew to log in.") from None

    def lead(self, connection: HTTPConnection) -> Response:
        """Return the way to log in, which leads back to the page that was asked for."""
        query = connection.url.query
        place = connection.scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"{LOGIN}?next={quote(place, safe='')}", 303)

    @property
    def _secure(self) -> bool:
        return self.url.startswith("https:")

    async def _go(self, request: Request) -> Response:
        """Send the browser to the provider."""
        try:
            await self._describe()
            request.session["next"] = request.query_params.get("next", "/")
            response: Response = await self._client.authorize_redirect(request, self.url + CALLBACK)
        except _FAILURES as error:
            return self._failed(error)
        return response

    async def _come(self, request: Request) -> Response:
        """Take the browser that comes back from the provider, and let it in."""
        options = {"iss": {"essential": True, "values": [self.issuer]}, "aud": {"value": self._client.client_id}}
        try:
            await self._describe()
            token = await self._client.authorize_access_token(request, claims_options=options)
            login = self._login(token.get("userinfo") or {})
        except _FAILURES as error:
            return self._failed(error)
        response = RedirectResponse(_place(request.session.pop("next", "/")), 303)
        response.set_cookie(
            self._cookie,
            self._signer.sign(Kind.LOGIN, login, Role.READER),  # who, and not as what: the settings say that
            max_age=LIFETIME[Kind.LOGIN],
            httponly=True,
            secure=self._secure,
            samesite="lax",  # strict would not be sent to the page that a provider leads back to
        )
        return response

    async def _leave(self, request: Request) -> Response:
        """Forget who it was; the provider does not forget."""
        response = PlainTextResponse(f"You are logged out here. To log out at {self.issuer} too, go there.")
        response.delete_cookie(self._cookie)
        return response

    async def _describe(self) -> None:
        """Read what the provider says of itself, once.

        Raises:
            ValueError: it is another one.
        """
        metadata = await self._client.load_server_metadata()
        if metadata.get("issuer") != self.issuer:
            raise ValueError(f"it calls itself {metadata.get('issuer')!r}, which --oidc must be, to the letter")
        named = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [name for name in named if name in ALGORITHMS]

    def _login(self, claims: dict[str, object]) -> str:
        login = claims.get(self.claim)
        if not isinstance(login, str) or not login.strip():
            raise ValueError(f"it says no `{self.claim}` of you; --oidc-claim names another claim")
        if self.claim == "email" and claims.get("email_verified") is not True:
            raise ValueError(f"it has not verified that {login} is yours; --oidc-claim names another claim")
        return login

    def _failed(self, error: Exception) -> Response:
        _log.warning("login at %s: %r", self.issuer, error)
        return PlainTextResponse(
            f"You could not be logged in at {self.issuer}: {error}. Try again: {self.url}{LOGIN}", 401
        )


def _place(address: str) -> str:
    """Return an address of this server, never one of another host.

    >>> _place("/review?row=1"), _place("//elsewhere.invalid"), _place("https://elsewhere.invalid")
    ('/review?row=1', '/elsewhere.invalid', '/https://elsewhere.invalid')
    """
    return "/" + address.lstrip("/\\")
