"""Which calls are refused, with which error, and where?"""

import os
from dataclasses import dataclass
from typing import Literal

from tests.reliability.system_calls.life import Begin

Place = Literal["first", "middle", "last", "each"]

_TABLE = """
on our files    open     EMFILE        first middle last
on our files    open     ENFILE        middle
on our files    open     EIO           middle
on our files    open     ENOSPC        first
on our files    open     EACCES        last
on our files    read     EIO           first middle last
on our files    write    ENOSPC        first middle last
on our files    write    EIO           first middle last
on our files    sync     EIO           first middle last
on our files    sync     ENOSPC        middle
on our files    stat     EIO           first middle last
on our files    stat     ESTALE        middle
on our files    ftruncate        EIO       first
on our files    unlink,unlinkat  EIO       first last
on our files    link,linkat      EIO       first
on our files    mkdir,mkdirat    ENOSPC    first
on our files    getdents64       EIO       first last
on our files    fcntl            ENOLCK    first middle last
on our files    flock            ENOLCK    first last
on our files    utimensat        EROFS     first
on our files    inotify_add_watch ENOSPC   first
from the start  watcher          EMFILE    first
from the start  pipe2            EMFILE    first
from the start  thread           EAGAIN    first last
once ready      start            EAGAIN    first last each
once ready      thread           EAGAIN    first last each
once ready      execve           ENOMEM    first
once ready      socketpair       EMFILE    first last
once ready      socket           EMFILE    first
once ready      connect          ECONNREFUSED first
once ready      sendto           ECONNRESET first last
once ready      recvfrom         ECONNRESET first
once ready      sendmsg          ENOBUFS   first middle
once ready      recvmsg          EIO       first middle
once ready      memfd_create     EMFILE    first each
once ready      poll             EINTR     first
once ready      poll             ENOMEM    first middle
once ready      mmap             ENOMEM    first middle
once ready      brk              ENOMEM    middle
once ready      open             EMFILE    first middle
once ready      read             EIO       first
once ready      write            EIO       first last
"""
_MORE = """
on our files    open     ENFILE        first last
on our files    open     EIO           first last
on our files    open     ENOSPC        middle last
on our files    open     EACCES        first middle
on our files    open     EROFS         first middle last
on our files    open     ENOMEM        first middle last
on our files    read     EINTR         first middle last
on our files    write    EDQUOT        first middle last
on our files    sync     ENOSPC        first last
on our files    stat     ESTALE        first last
on our files    stat     EACCES        first middle last
on our files    ftruncate        EIO       last
on our files    getdents64       EIO       middle
on our files    fcntl            EIO       first middle last
on our files    flock            EINTR     first last
on our files    inotify_add_watch ENOMEM   first
on our files    access,faccessat,faccessat2 EIO first
on our files    fchown           EPERM     first last
once ready      start            ENOMEM    first last
once ready      execve           EACCES    first
once ready      socket           ENOBUFS   first last
once ready      connect          ENETUNREACH first
once ready      sendto           EPIPE     first last
once ready      memfd_create     ENOMEM    first
once ready      poll             EINTR     middle last
once ready      mmap             ENOMEM    last
once ready      brk              ENOMEM    first last
once ready      munmap           ENOMEM    first middle last
once ready      prlimit64        EPERM     first last
once ready      setpgid          EACCES    first
once ready      epoll_create1    EMFILE    first
once ready      open             EMFILE    last
once ready      read             EIO       middle last
once ready      write            EIO       middle
once ready      inotify_rm_watch EINVAL    first
once ready      getrandom        EINTR     first last
"""
"""With `EVERY_CALL=1`: another quarter of an hour."""
_FAMILIES = {
    "open": "open,openat",
    "read": "read,pread64",
    "write": "write,pwrite64",
    "sync": "fsync,fdatasync",
    "stat": "stat,newfstatat,fstatat64,statx",
    "start": "vfork,fork",
    "thread": "clone3",
    "poll": "poll,ppoll",
    "watcher": "inotify_init,inotify_init1",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One call that is refused."""

    begin: Begin
    calls: str
    error: str
    place: Place

    @property
    def leaves_unanswered(self) -> bool:
        """Whether the request has left whole, and its answer is lost: nobody can know whether it arrived."""
        return self.calls == "recvfrom"

    def __str__(self) -> str:
        return f"{self.begin}, {self.place} {self.calls.partition(',')[0]} {self.error}"


def cases() -> list[Case]:
    """Return what is to be tried."""
    table = _TABLE + _MORE if os.environ.get("EVERY_CALL") else _TABLE
    return [case for line in table.splitlines() if line for case in _in(line)]


def _in(line: str) -> list[Case]:
    begins: tuple[Begin, ...] = ("on our files", "from the start", "once ready")
    places: tuple[Place, ...] = ("first", "middle", "last", "each")
    begin = next(one for one in begins if line.startswith(one))
    calls, error, *wanted = line.removeprefix(begin).split()
    return [Case(begin, _FAMILIES.get(calls, calls), error, place) for place in places if place in wanted]
