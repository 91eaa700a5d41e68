"""Where tests must not be skipped, they are not; and none fails because the machine is busy."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI") == "true" and shutil.which("msgfmt") is None:
        raise pytest.UsageError("no gettext: the catalogs cannot be judged; run tests/install-programs as root")
