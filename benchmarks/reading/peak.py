"""What is the peak of a process that reads one file, and does nothing else?

`memory` runs this as a program, once for each reader and file. It imports the reader, and next to nothing of its own.
"""

import sys

from benchmarks.reading.readers import READERS


def peak_mb() -> float:
    """Return this process's peak; getrusage alone would also count the parent's memory at the time of the fork."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123  # pathlib is not to be counted
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except FileNotFoundError:  # no Linux
        import resource  # noqa: PLC0415  # elsewhere than on Linux only

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main(reader: str, path: str) -> None:
    """Print the peak when the imports are done and the file is in memory, and after reading."""
    read = next(one for one in READERS if one.name == reader).load()
    with open(path, "rb") as file:  # noqa: PTH123  # as above
        raw = file.read()
    before = peak_mb()
    kept = read(raw)
    print(before, peak_mb())
    del kept


if __name__ == "__main__":
    main(*sys.argv[1:])
