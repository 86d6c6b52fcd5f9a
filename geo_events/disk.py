"""Write files and folders so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo_events.errors import InvalidInputError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "check_target",
    "open_atomic",
    "replace_folder",
    "sha256_of",
    "staging_folder",
    "write_bytes",
    "write_text",
]

_CHUNK = 1 << 20
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Return the sha256 sum of a file, in hexadecimal."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_target(path: str | os.PathLike[str]) -> Path:
    """Check that a file can be written at a path, before any work is done for it.

    Parameters
    ----------
    path : path-like
        Where the file is to stand.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    InvalidInputError
        When its folder is missing or cannot be written, or when it is a folder itself.
    """
    target = Path(path)
    folder = target.parent
    try:
        has_folder, is_folder = folder.is_dir(), target.is_dir()
    except (OSError, ValueError) as error:  # a folder above that may not be entered; a NUL
        reason = getattr(error, "strerror", None) or error
        raise InvalidInputError(f"cannot write {str(target)!r}: {reason}") from error
    if not has_folder:
        raise InvalidInputError(
            f"cannot write {str(target)!r}: no folder {str(folder)!r}; make it first"
        )
    if is_folder:
        raise InvalidInputError(
            f"cannot write {str(target)!r}: it is a folder; give the name of a file"
        )
    if not os.access(folder, os.W_OK):
        raise InvalidInputError(
            f"cannot write {str(target)!r}: no permission to write in {str(folder)!r}"
        )
    return target


@contextmanager
def open_atomic(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary file beside the target; on success it takes the target's place.

    Parameters
    ----------
    path : path-like
        Where the finished file is to stand.

    Yields
    ------
    Path
        An empty file in the same folder and with the same suffix, to be filled. When the block
        raises, it is removed and the old file stays as it was.

    Raises
    ------
    InvalidInputError
        When the target cannot be written (see `check_target`).
    """
    target = check_target(path)
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem[:40]}.", suffix=f".part{target.suffix}", dir=target.parent
        )
    except OSError as error:
        raise InvalidInputError(f"cannot write {str(target)!r}: {error.strerror}") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(_file_mode(target))
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _file_mode(target: Path) -> int:
    """Return the mode of the old file, or that of a new one under this umask."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def write_bytes(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write bytes to a file, all or nothing, and return its path."""
    with open_atomic(path) as part:
        part.write_bytes(data)
    return Path(path)


def write_text(path: str | os.PathLike[str], text: str) -> Path:
    """Write text to a file as UTF-8 with plain line ends, all or nothing, and return its path."""
    return write_bytes(path, text.encode("utf-8"))


@contextmanager
def staging_folder(target: str | os.PathLike[str]) -> Iterator[Path]:
    """Give an empty folder beside a target folder, to be filled and then exchanged for it.

    Parameters
    ----------
    target : path-like
        The folder that is to be replaced, or made. Its parent must exist.

    Yields
    ------
    Path
        The folder to fill. When the block ends well it takes the target's place in one step;
        when it raises, or the process is killed, the target stays as it was.

    Raises
    ------
    InvalidInputError
        When the parent folder is missing.
    """
    target = Path(target)
    if not target.parent.is_dir():
        raise InvalidInputError(
            f"cannot build {str(target)!r}: the folder {str(target.parent)!r} does not exist"
        )
    _remove_leftovers(target)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        with _holding(stage):
            yield stage
            stage.chmod(0o755)
            replace_folder(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _remove_leftovers(target: Path) -> None:
    """Remove folders that a killed build of the same target left; not those of one that runs."""
    for old in target.parent.glob(f".{target.name}.*.part"):
        with contextlib.suppress(OSError), _holding(old):
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _holding(folder: Path) -> Iterator[None]:
    """Hold a folder as ours; raises OSError where another process does. A kill lets go."""
    if sys.platform == "win32":  # where a folder in use cannot be removed anyway
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def replace_folder(new: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Put a filled folder in the place of another; the old content is removed.

    Parameters
    ----------
    new : path-like
        The filled folder, on the same file system as the target. It is gone afterwards.
    target : path-like
        The folder to replace; it may be missing.

    Notes
    -----
    On Linux the two names are exchanged by one system call (``renameat2``), so that at every
    moment the target is the whole old folder or the whole new one. Elsewhere the old folder is
    first renamed aside; a kill between the two renames leaves it under its aside name.
    """
    new, target = Path(new), Path(target)
    for path in sorted(new.rglob("*")):
        if path.is_file():
            _sync(path)
    _sync(new)
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        aside = target.with_name(f".{target.name}.old")
        target.rename(aside)
        new.rename(target)
        aside.rename(new)
    _sync(target.parent)
    shutil.rmtree(new, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one step; False where the system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(
        _AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE
    )
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(second))


def _sync(path: Path) -> None:
    """Ask the system to bring a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(handle)
    finally:
        os.close(handle)
