from . import errors as errors
from ._version import __version__ as __version__
from .values import LonLat as LonLat
from .values import Source as Source
from .values import Span as Span

__all__ = [
    "LonLat",
    "Source",
    "Span",
    "__version__",
    "errors",
]
