"""Pictures of ways and areas on the streets around them, for the command line: SVG, or PNG made of it."""
