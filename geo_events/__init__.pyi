from . import engines as engines
from . import errors as errors
from ._version import __version__ as __version__
from .atlas.atlas import Atlas as Atlas
from .atlas.atlas import load_atlas as load_atlas
from .atlas.gazetteer import find_places as find_places
from .atlas.gazetteer import resolve_place as resolve_place
from .atlas.locate import locate as locate
from .atlas.places import Place as Place
from .corridors.corridor import Corridor as Corridor
from .corridors.corridor import make_corridor as make_corridor
from .corridors.crossings import find_crossings as find_crossings
from .corridors.movements import make_corridors as make_corridors
from .corridors.origins import find_origins as find_origins
from .corridors.rings import make_range_rings as make_range_rings
from .corridors.routes import find_route as find_route
from .corridors.separation import Separation as Separation
from .corridors.separation import measure_separation as measure_separation
from .corridors.shares import find_shares as find_shares
from .corridors.verdict import Verdict as Verdict
from .corridors.verdicts import check_crossing as check_crossing
from .files.areas import read_territories as read_territories
from .files.reading import read_frames as read_frames
from .maps import EventMap as EventMap
from .maps import draw_map as draw_map
from .output import save as save
from .story import Story as Story
from .story import read_story as read_story
from .story import read_text as read_text
from .text.events import Event as Event
from .text.events import Role as Role
from .text.events import Statement as Statement
from .text.mentions import Mention as Mention
from .values import LonLat as LonLat
from .values import Source as Source
from .values import Span as Span

__all__ = [
    "Atlas",
    "Corridor",
    "Event",
    "EventMap",
    "LonLat",
    "Mention",
    "Place",
    "Role",
    "Separation",
    "Source",
    "Span",
    "Statement",
    "Story",
    "Verdict",
    "__version__",
    "check_crossing",
    "draw_map",
    "engines",
    "errors",
    "find_crossings",
    "find_origins",
    "find_places",
    "find_route",
    "find_shares",
    "load_atlas",
    "locate",
    "make_corridor",
    "make_corridors",
    "make_range_rings",
    "measure_separation",
    "read_frames",
    "read_story",
    "read_territories",
    "read_text",
    "resolve_place",
    "save",
]
