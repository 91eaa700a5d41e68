"""The scripts and styles of our own, served to the pages."""

import mimetypes
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).with_name("assets")

# A Windows registry may call scripts plain text, and no browser runs them as such.
mimetypes.add_type("text/javascript", ".js")


class Assets(StaticFiles):
    """Static files whose ETag is asked for each time, so that a new version is seen at once."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return the file, or that it has not changed."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


ROUTES = [Mount("/hexapla/assets", Assets(directory=FOLDER))]
