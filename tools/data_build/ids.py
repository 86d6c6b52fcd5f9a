"""The ids of countries, regions and seas: one rule for the polygons and for the gazetteer."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NAME_FIXES", "country_id", "plain_slug", "region_ids", "sea_slug"]

_OWN_CODES = {"KOS": "XKX", "PSX": "PSE", "SDS": "SSD", "SAH": "ESH", "ALD": "ALA"}
_ISO_FIXES = {
    "RUS-2364": "RU-MOS",  # the source exchanges Moscow and its oblast,
    "RUS-2365": "RU-MOW",
    "GUY-674": "GY-UT",  # and two regions of Guyana
    "GUY-673": "GY-UD",
}
NAME_FIXES = {
    "RUS-2364": "Moscow Oblast",
    "GUY-674": "Upper Takutu-Upper Essequibo",
    "GUY-673": "Upper Demerara-Berbice",
}
"""Right names by Natural Earth's adm1_code, where the source is wrong or says the same twice."""

_ISO_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def country_id(adm0_a3: str) -> str:
    """Make the id of a country of Natural Earth's code: ``"KOS"`` → ``"country:XKX"``."""
    return f"country:{_OWN_CODES.get(adm0_a3, adm0_a3)}"


def region_ids(codes: Iterable[tuple[str, str]]) -> list[str]:
    """Make the ids of regions from their (ISO 3166-2, adm1_code) pairs, all different.

    The first region with a proper ISO 3166-2 code has it (``"region:SY-RA"``); others, and those
    without, have Natural Earth's own code (``"region:SYR-5261"``).
    """
    taken: set[str] = set()
    ids = []
    for given, own in codes:
        iso = _ISO_FIXES.get(own, given)
        name = iso if _ISO_REGION.fullmatch(iso or "") and iso not in taken else own
        if name in taken:
            raise ValueError(f"two regions have the code {name!r}")
        taken.add(name)
        ids.append(f"region:{name}")
    return ids


def plain_slug(name: str) -> str:
    """Make the tail of an id of a name: ``"Bahía Blanca"`` → ``"bahia-blanca"``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def sea_slug(name: str) -> str:
    """Make the id of a sea of its name, "" for no name; `seeds/seas.yaml` may say otherwise."""
    return f"sea:{plain_slug(name)}" if name else ""
