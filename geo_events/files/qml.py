"""QGIS styles (QML) for the layers of a GeoPackage, in the colours of our maps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geo_events.files.looks import LOOKS, key_at_dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo_events.files.looks import Look

__all__ = ["encode_qml"]

_POINT_SIZE = "3"  # millimetres, the unit of QGIS where none is named
_SYMBOLS = ("marker", "line", "fill")
_CLASSES = ("SimpleMarker", "SimpleLine", "SimpleFill")


def encode_qml(dimension: int, column: str | None, looks: Mapping[str, str]) -> str:
    """Encode the style of a layer as QGIS keeps it in the table `layer_styles`.

    Parameters
    ----------
    dimension : {0, 1, 2}
        Of the layer's geometries: points, lines or areas.
    column : str or None
        The column whose values are drawn differently.
    looks : mapping of str to str
        A key of `LOOKS` for each value; under "" the look of all others.

    Returns
    -------
    str
        An XML document without DTD.

    Examples
    --------
    >>> encode_qml(1, None, {"": "track"}).count("213,94,0,255")      # vermilion, #d55e00
    1
    """
    root = ET.Element("qgis", version="3.28.0", styleCategories="Symbology")
    renderer = ET.SubElement(root, "renderer-v2", symbollevels="0", forceraster="0")
    if column is None:
        renderer.set("type", "singleSymbol")
    else:
        renderer.set("type", "categorizedSymbol")
        renderer.set("attr", column)
        categories = ET.SubElement(renderer, "categories")
        for number, value in enumerate(looks):
            said = {"value": value, "label": value or "other", "symbol": str(number)}
            ET.SubElement(categories, "category", said, render="true")
    symbols = ET.SubElement(renderer, "symbols")
    for number, key in enumerate(looks.values()):
        _add_symbol(symbols, str(number), dimension, LOOKS[key_at_dimension(key, dimension)])
    ET.SubElement(root, "layerGeometryType").text = str(dimension)
    return ET.tostring(root, encoding="unicode")


def _add_symbol(symbols: ET.Element, name: str, dimension: int, look: Look) -> None:
    """Add the symbol of one look."""
    symbol = ET.SubElement(symbols, "symbol", type=_SYMBOLS[dimension], name=name, alpha="1")
    layer = ET.SubElement(symbol, "layer", {"class": _CLASSES[dimension]}, enabled="1", locked="0")
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in _options(dimension, look).items():
        ET.SubElement(options, "Option", type="QString", name=key, value=value)


def _options(dimension: int, look: Look) -> dict[str, str]:
    """Give the options of a symbol as QGIS names them."""
    if dimension == 1:
        return {
            "line_color": _colour(look.colour, 1),
            "line_width": f"{look.width:g}",
            "line_width_unit": "Point",
            "line_style": look.dash,
        }
    outline = {
        "outline_color": _colour(look.colour, 1),
        "outline_width": f"{look.width:g}",
        "outline_width_unit": "Point",
        "outline_style": look.dash,
    }
    if dimension == 2:
        style = "solid" if look.fill else "no"
        return {"color": _colour(look.colour, look.fill), "style": style} | outline
    shape = {"name": "circle", "size": _POINT_SIZE, "color": _colour(look.colour, 1)}
    return shape | {"outline_color": "255,255,255,255", "outline_style": "solid"}


def _colour(colour: str, opacity: float) -> str:
    """Write a colour as QGIS does: red, green, blue, alpha."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{round(opacity * 255)}"
