"""Long work of a project: one at a time, and broken off where it says how far it is."""

from pathlib import Path
from threading import Event

import pytest

from ui.jobs import Job, Step, running, start
from workflow import ProjectError
from workflow.project import Progress

PATIENCE = 30.0  # seconds


def test_work_ends_with_its_result() -> None:
    job = Job("build", "all of it", lambda progress: "built")
    assert job.wait(PATIENCE)
    assert (job.request, job.result, job.error) == ("all of it", "built", None)


def test_what_goes_wrong_is_kept_to_be_said() -> None:
    def fail(progress: Progress) -> None:
        raise ProjectError("the disk is full; make room")

    job = Job("build", None, fail)
    assert job.wait(PATIENCE)
    assert str(job.error) == "the disk is full; make room"


def test_work_is_seen_while_it_runs_and_keeps_other_work_out(tmp_path: Path) -> None:
    told, go = Event(), Event()

    def work(progress: Progress) -> None:
        progress("align", 1, 4)
        told.set()
        assert go.wait(PATIENCE)

    job = start(tmp_path, "pair", None, work)
    assert job is not None
    assert told.wait(PATIENCE)
    assert running(tmp_path) is job
    assert job.step == Step("align", 1, 4)
    assert job.step.share == 0.25
    assert start(tmp_path, "build", None, lambda progress: None) is None
    assert start(tmp_path / "other", "build", None, lambda progress: None)
    go.set()
    assert job.wait(PATIENCE)
    assert running(tmp_path) is None


def test_cancelled_work_ends_when_it_next_says_how_far_it_is() -> None:
    asked, written = Event(), []

    def work(progress: Progress) -> str:
        assert asked.wait(PATIENCE)
        progress("align", 1, 2)
        written.append("a file")
        return "done"

    job = Job("pair", None, work)
    job.cancel()
    asked.set()
    assert job.wait(PATIENCE)
    assert (job.result, job.error, written) == (None, None, [])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_even_a_fault_of_ours_ends_the_work() -> None:
    def fault(progress: Progress) -> None:
        raise KeyError("fault")

    job = Job("build", None, fault)
    assert job.wait(PATIENCE)
    assert isinstance(job.error, KeyError)
