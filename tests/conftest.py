"""The sample project for every test; where tests must not be skipped, they are not; none fails on a busy machine."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from workflow.demo import make_demo
from workflow.project import Project, open_project

settings.register_profile("untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI") == "true" and shutil.which("msgfmt") is None:
        raise pytest.UsageError("no gettext: the catalogs cannot be judged; run tests/install-programs as root")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample project, aligned: not to be changed."""
    return make_demo(tmp_path_factory.mktemp("sample") / "town").project.root


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Project:
    """The sample project, to be worked on."""
    shutil.copytree(sample, tmp_path / "town")
    return open_project(tmp_path / "town")
