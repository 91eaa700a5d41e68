"""Where tests must not be skipped, they are not."""

import os
import shutil

import pytest


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI") == "true" and shutil.which("msgfmt") is None:
        raise pytest.UsageError("no gettext: the catalogs cannot be judged; run tests/install-programs as root")
