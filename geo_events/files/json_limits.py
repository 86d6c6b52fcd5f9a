"""Open a file that nobody vouches for: the path, the size, the JSON in it."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    import os

__all__ = ["MAX_BYTES", "open_checked", "read_json"]

MAX_BYTES = 64 * 1024 * 1024
_REMOTE_STARTS = ("/vsi", "http:", "https:", "ftp:", "s3:", "gs:", "file:", "data:")


def open_checked(path: str | os.PathLike[str]) -> bytes:
    """Read a local, regular file of bounded size.

    Parameters
    ----------
    path : path-like
        A local file.

    Returns
    -------
    bytes
        Its content; at most 64 MiB.

    Raises
    ------
    InvalidInputError
        The name is that of something remote or virtual (`/vsi…`, `http…`, anything with `://`);
        the file is missing, no regular file, a symbolic link out of its folder, not readable or
        too large.

    Examples
    --------
    >>> open_checked("/vsicurl/http://example.org/a.geojson")
    Traceback (most recent call last):
    geo_events.errors.InvalidInputError: expected the path of a local file; got ...
    """
    name = str(path)
    if "://" in name or "\0" in name or name.lower().startswith(_REMOTE_STARTS):
        raise InvalidInputError(
            f"expected the path of a local file; got {name!r}; download it first"
        )
    file = Path(path)
    try:
        _validate_file(file)
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInputError(f"cannot read {name!r}: {reason}") from error


def _validate_file(file: Path) -> None:
    """Refuse what is no regular file of bounded size in its own folder."""
    if file.is_symlink():
        target, folder = file.resolve(), file.parent.resolve()
        if not target.is_relative_to(folder):
            raise InvalidInputError(
                f"{str(file)!r} is a link to {str(target)!r}, outside its folder; "
                "give the file itself"
            )
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InvalidInputError(f"expected a regular file; {str(file)!r} is none")
    if status.st_size > MAX_BYTES:
        raise InvalidInputError(
            f"{str(file)!r} has {status.st_size:,} bytes; at most {MAX_BYTES:,} are read; "
            "simplify or split it"
        )


def read_json(content: bytes, *, name: str) -> Any:  # noqa: ANN401 - JSON
    """Parse JSON strictly: UTF-8, no NaN or Infinity, no bottomless nesting.

    Parameters
    ----------
    content : bytes
        The file's content; a byte order mark is allowed.
    name : str
        The file's name, for the errors.

    Returns
    -------
    object
        What the JSON says.

    Raises
    ------
    InvalidInputError
        It is no such JSON; the message says where.

    Examples
    --------
    >>> read_json(b'{"a": [1, 2]}', name="a.json")
    {'a': [1, 2]}
    """
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
    except RecursionError:
        reason = "it is nested too deeply"
    except ValueError as error:
        reason = str(error)
    raise InvalidInputError(f"{name!r} is not valid JSON: {reason}")


def _refuse_constant(constant: str) -> NoReturn:
    """Refuse the numbers that Python reads but JSON does not have."""
    raise ValueError(f"{constant} is no JSON number")
