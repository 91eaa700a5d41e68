"""The sample project for every test; where tests must not be skipped, they are not; none fails on a busy machine."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from locales import State
from workflow.decisions import Decision
from workflow.demo import make_demo
from workflow.operations import Operation
from workflow.project import Project, open_project
from workflow.rows import Row
from workflow.session import Session

Decide = Callable[..., Row]

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


@pytest.fixture(scope="session")
def decide() -> Decide:
    """Decides about a row as a reviewer does, in a session of its own, and returns the row as it stands then."""

    def decided(
        project: Project,
        document: str,
        language: str,
        row: Row,
        text: str,
        state: State,
        *others: str,
        omit: bool = False,
    ) -> Row:
        with Session(project) as session:
            catalog = session.open(document, language)
            operation = Operation(secrets.token_hex(6), row.id, row.base, Decision((text, *others), state, omit))
            (outcome,) = catalog.apply([operation], "Leyla")
            assert outcome.result == "saved", outcome.message
            now = catalog.row(row.id)
            assert now is not None
            return now

    return decided
