"""How is the disk of the test machine made?

debootstrap gives a small Debian; the wheel is built from the checkout and installed in it with pip and pipx, the way
the README says, but without a network. Both are kept in `.cache`, under a name that holds what they were made of.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.support.machine.components import require
from tests.systemd.guest.tools.athletes import ATHLETES, BERT, CARLA

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "test-systemd"
SUITE = "bookworm"  # systemd 252 and Python 3.11: the oldest that are supported
PACKAGES = (
    *("linux-image-cloud-amd64", "initramfs-tools", "zstd", "kmod", "udev"),
    *("systemd", "systemd-sysv", "libpam-systemd", "dbus", "dbus-user-session", "sudo", "procps"),
    *("python3", "python3-venv", "pipx"),
)
_SOURCES = ("parsers", "recovery", "config", "daemon", "hersteld", "systemd", "pyproject.toml", "README.md", "LICENSE")
_NOISE = ("apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer", "fstrim.timer")
_SHELL = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
_OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
POWER_INIT = "/usr/sbin/hersteld-power"
_POWER_SCRIPT = """\
#!/bin/sh
mount -t proc proc /proc 2>/dev/null
mount -t ext4 -o ro /dev/vdb /checks && mount -t ext4 /dev/vdc /mnt && mount -t tmpfs tmpfs /tmp && cd /checks || exit 1
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
exec /opt/hersteld/bin/python -B -m guest.power
"""
_CHECKS_UNIT = """\
[Unit]
Description=What is checked on this machine
RequiresMountsFor=/checks
[Service]
Type=exec
WorkingDirectory=/checks
ExecStart=/opt/hersteld/bin/python -B -m guest
ExecStopPost=/bin/systemctl poweroff --no-block
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
[Install]
WantedBy=multi-user.target
"""


def debian() -> Path:
    """Return the folder of a Debian that can boot; made where it is not there."""
    folder = CACHE / f"debian-{_digest([SUITE.encode(), *(name.encode() for name in PACKAGES)])}"
    if not folder.exists():
        unfinished = _emptied(CACHE / "debian.unfinished")
        include = f"--include={','.join(PACKAGES)}"
        _run(require("debootstrap"), "--variant=minbase", include, SUITE, unfinished, *_mirror())
        shutil.rmtree(unfinished / "var/cache/apt/archives")
        _keep_only(folder, unfinished, "debian-*")
    return folder


def disk(base: Path) -> Path:
    """Return an image of this Debian with this checkout's wheel installed; made where it is not there."""
    image = CACHE / f"disk-{_digest([base.name.encode(), *_contents(_inputs())])}.ext4"
    if not image.exists():
        tree = _emptied(CACHE / "tree")
        _run("cp", "-a", f"{base}/.", tree)
        try:
            _furnish(tree)
            unfinished = CACHE / "disk.unfinished"
            unfinished.unlink(missing_ok=True)
            _run(require("mkfs.ext4"), "-q", "-F", "-O", "^has_journal", "-d", tree, unfinished, "1536M")
        finally:
            shutil.rmtree(tree)
        _keep_only(image, unfinished, "disk-*.ext4")
    return image


def checks_disk(place: Path) -> Path:
    """Return an image of what runs on the machine, made anew for each place: it is small."""
    tree, image = place / "checks", place / "checks.ext4"
    if image.exists():
        return image
    shutil.copytree(ROOT / "tests/systemd/guest", tree / "guest", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "systemd/hersteld.service", tree)
    _run(require("mkfs.ext4"), "-q", "-F", "-O", "^has_journal", "-d", tree, image, "8M")
    return image


def state_disk(place: Path) -> Path:
    """Return an empty disk with a journal, which outlives a cut of the power."""
    image = place / "state.ext4"
    _run(require("mkfs.ext4"), "-q", "-F", image, "64M")
    return image


def _furnish(tree: Path) -> None:
    """Make the accounts, install the wheel and the units, and have the checks run at boot."""
    for athlete in (*ATHLETES, CARLA):
        _inside(tree, "useradd", "--create-home", "--shell=/bin/bash", athlete.name)
        (tree / "home" / athlete.name).chmod(0o700)
    _build_wheels(tree / "wheels")
    _inside(tree, "python3", "-m", "venv", "/opt/hersteld")
    _inside(tree, "/opt/hersteld/bin/pip", "install", "--quiet", "hersteld")
    as_carla = ("runuser", "-u", CARLA.name, "--", "env", f"HOME={CARLA.home}")
    _inside(tree, *as_carla, "pipx", "install", "hersteld")
    shutil.rmtree(tree / "wheels")
    units = tree / "etc/systemd/system"
    shutil.copy(ROOT / "systemd/hersteld@.service", units)
    (units / "hersteld-checks.service").write_text(_CHECKS_UNIT)
    power = tree / POWER_INIT.lstrip("/")
    power.write_text(_POWER_SCRIPT)
    power.chmod(0o755)
    (tree / "checks").mkdir()
    (tree / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 0\n/dev/vdb /checks ext4 ro 0 0\n")
    BERT.install(tree)
    _inside(tree, "systemctl", "enable", BERT.unit, "hersteld-checks.service")
    _inside(tree, "systemctl", "mask", "systemd-timesyncd", "getty@tty1", "serial-getty@ttyS0", *_NOISE)


def _build_wheels(wheels: Path) -> None:
    """Make the wheel, and fetch what it needs for the Python of the image."""
    wheels.mkdir(mode=0o755)
    source = _emptied(CACHE / "source")
    for name in _SOURCES:
        where = ROOT / name
        if where.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(where, source / name, symlinks=True, ignore=ignored)
        else:
            shutil.copy(where, source)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    # pipx wants the other three. The second call finds all there already, where this Python is that of the image.
    _run(*pip, "wheel", f"--wheel-dir={wheels}", source, "pip", "setuptools", "wheel")
    shutil.rmtree(source)
    only = ("--only-binary=:all:", "--python-version=3.11")
    _run(*pip, "download", *only, f"--find-links={wheels}", f"--dest={wheels}", "hersteld")
    for wheel in wheels.iterdir():
        wheel.chmod(0o644)


def _inputs() -> list[Path]:
    here = Path(__file__).parent
    files = [here / "image.py", here / "guest/tools/athletes.py"]
    for name in _SOURCES:
        where = ROOT / name
        files += where.rglob("*") if where.is_dir() else [where]
    return sorted(file for file in files if file.is_file() and "__pycache__" not in file.parts)


def _contents(files: Iterable[Path]) -> Iterable[bytes]:
    for file in files:
        yield file.relative_to(ROOT).as_posix().encode()
        yield file.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def _mirror() -> list[str]:
    """Return the Debian mirror that this machine uses, or nothing: then debootstrap has its own."""
    if shutil.which("apt-get") is None:
        return []
    form = "$(ORIGIN) $(CODENAME) $(REPO_URI)"
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", form, "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    found = [line.split()[2] for line in listed if line.startswith(f"Debian {SUITE} ")]
    return found[:1]


def _inside(tree: Path, *words: str) -> None:
    """Run a program of the image; never systemd itself."""
    _run("chroot", tree, *words, environment={**_SHELL, **_OFFLINE})


def _run(*words: str | Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(word) for word in words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words[0]} failed with {done.returncode}:\n{done.stdout[-4000:]}"


def _emptied(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    return folder


def _keep_only(wanted: Path, made: Path, pattern: str) -> None:
    """Put what was made in its place, and remove what older inputs led to."""
    for older in CACHE.glob(pattern):
        if older.is_dir():
            shutil.rmtree(older)
        else:
            older.unlink()
    made.rename(wanted)
