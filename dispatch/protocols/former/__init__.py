"""Versions of cards that came with Vigil before: a call keeps the card it began with."""
