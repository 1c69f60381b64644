"""The ground of a simulated city: the spots where anybody ever is, and the road times between them.

Worked out once a map, city and set of places by the live road engine, and read by both paths.
"""
