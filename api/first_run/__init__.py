"""The first hour on an empty machine: a city, its map, hospitals, stations and people, told to a page."""
