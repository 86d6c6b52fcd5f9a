"""Files in and out: GeoJSON, GeoPackage, KML, GeoParquet, CSV; the user's own areas."""
