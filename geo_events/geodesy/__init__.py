"""Mathematics on WGS 84: arrays in, arrays out; it knows no names.

Longitude comes before latitude, degrees, EPSG:4326; lengths are metres. The modules are named
by their task; each lists its public functions in `__all__`.
"""
