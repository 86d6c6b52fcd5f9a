"""Parse XML that nobody vouches for: no DTD, no entities, no bottomless nesting."""

from __future__ import annotations

from typing import NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from geo_events.errors import InvalidInputError

__all__ = ["local_name", "read_xml"]

_DEEPEST = 100
_MOST = 2_000_000


def read_xml(content: bytes, *, name: str) -> ET.Element:
    """Parse XML into elements.

    Parameters
    ----------
    content : bytes
        The file's content.
    name : str
        Its name, for the errors.

    Returns
    -------
    Element
        The root; prefixes of namespaces stay in the tags, see `local_name`.

    Raises
    ------
    InvalidInputError
        No well-formed XML; a document type (which can hold entities that grow without end or name
        other files); more than 100 levels or 2,000,000 elements.

    Examples
    --------
    >>> read_xml(b"<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>", name="a.kml")
    Traceback (most recent call last):
    geo_events.errors.InvalidInputError: 'a.kml' cannot be read as XML: a document type...
    """
    try:
        return _Builder().build(content)
    except expat.ExpatError as error:
        reason = str(error)
    except (ValueError, LookupError) as error:  # a limit, or an encoding that is none
        reason = str(error)
    raise InvalidInputError(f"{name!r} cannot be read as XML: {reason}")


def local_name(element: ET.Element) -> str:
    """Return an element's tag without the prefix of its namespace."""
    return str(element.tag).rpartition(":")[2]


class _Builder:
    """Builds elements while it counts them."""

    def __init__(self) -> None:
        self.tree = ET.TreeBuilder()
        self.depth = self.count = 0

    def build(self, content: bytes) -> ET.Element:
        """Parse the content."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.tree.data
        parser.StartDoctypeDeclHandler = self._refuse
        parser.Parse(content, True)  # noqa: FBT003 - it takes no names: all of it
        return self.tree.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.depth += 1
        self.count += 1
        if self.depth > _DEEPEST:
            raise ValueError(f"it is nested more than {_DEEPEST} levels deep")
        if self.count > _MOST:
            raise ValueError(f"it has more than {_MOST:,} elements")
        self.tree.start(tag, attributes)

    def _end(self, tag: str) -> None:
        """Close an element."""
        self.depth -= 1
        self.tree.end(tag)

    def _refuse(self, *_: object) -> NoReturn:
        """Refuse a document type."""
        raise ValueError("a document type is refused (it can hold entities); remove <!DOCTYPE …>")
