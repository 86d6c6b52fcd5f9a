"""Polygons of the world: countries, contested areas, seas, regions, lakes, basemap."""
