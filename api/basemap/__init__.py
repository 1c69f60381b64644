"""The base map under the console: OpenStreetMap in, one `basemap.pmtiles` out."""
