"""Simulations that planners ask for at the console: what may be asked, whose turn it is, and what is kept."""
