"""What the workers of the tests do; in a module of its own, as they import it."""

import os
import signal
import threading


def work(job: str) -> str:
    """Do what the job says."""
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "leave":
        os._exit(3)
    if job == "hang":
        threading.Event().wait()
    if job == "fail":
        raise ValueError("of no use")
    return job.upper()


def process_id(job: object) -> int:
    """Return who did it."""
    del job
    return os.getpid()
