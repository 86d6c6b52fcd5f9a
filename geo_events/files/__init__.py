"""Files in and out: GeoJSON, GeoParquet, GeoPackage, CSV; the user's own areas."""
