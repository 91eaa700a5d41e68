"""A lock belongs to whoever has the object, in whichever thread."""

from pathlib import Path
from threading import Thread

from workflow.locks import file_lock


def test_a_lock_that_one_thread_took_another_gives_back(tmp_path: Path) -> None:
    lock = file_lock(tmp_path / "lock")
    taking = Thread(target=lock.acquire)
    taking.start()
    taking.join()
    lock.release()
    file_lock(tmp_path / "lock").acquire(timeout=0).lock.release()
