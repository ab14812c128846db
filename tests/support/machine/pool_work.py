"""What the workers of the tests do; in a module of its own, as they import it."""

import os
import signal
import threading
from pathlib import Path

from hersteld.daemon.system.worker_pool import Result
from tests.support.machine.process import wait_until


def work(job: str) -> Result:
    """Do what the job says."""
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "fill":
        raise MemoryError
    if job == "leave":
        os._exit(3)
    if job == "hang":
        threading.Event().wait()
    if job == "fail":
        raise ValueError("of no use")
    return {"said": job.upper()}, job.encode()


def meet(job: tuple[str, Path]) -> Result:
    """Make a file, or wait until another job has made it; return what was to be done."""
    what, path = job
    if what == "wait":
        wait_until(path.exists, "the job that makes the file")
    elif what == "make":
        path.touch()
    return {"said": what}, b""


def process_id(job: object) -> Result:
    """Return the id of the process that does the job."""
    del job
    return {"said": os.getpid()}, b""
