"""Why did the operating system refuse a file?"""

import errno

from hersteld.parsers.line import Line

_IDS = {
    errno.ENOENT: "reasons.not_there",
    errno.EACCES: "reasons.not_allowed",
    errno.EPERM: "reasons.not_allowed",
    errno.EISDIR: "reasons.a_folder",
    errno.ENOTDIR: "reasons.no_folder",
    errno.EIO: "reasons.disk_error",
    errno.ENAMETOOLONG: "reasons.too_long",
    errno.ELOOP: "reasons.loop",
    errno.EMFILE: "reasons.too_many_open",
    errno.ENFILE: "reasons.too_many_open",
    errno.ENOMEM: "reasons.no_memory",
    errno.ENOSPC: "reasons.no_room",
    errno.ESTALE: "reasons.gone",
    errno.ENOTCONN: "reasons.no_connection",
    errno.ETIMEDOUT: "reasons.no_connection",
    errno.EHOSTDOWN: "reasons.no_connection",
}


def why_refused(error: OSError) -> Line:
    """Return the reason as a part of a sentence; one that is rare is in the words of the system."""
    if error.errno in _IDS:
        return Line(_IDS[error.errno])
    if error.strerror:
        return Line("reasons.system", {"words": error.strerror.lower()})
    return Line("reasons.unknown")
