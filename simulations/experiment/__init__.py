"""Experiments: rivals on the same calls, many times over, so that what is said about them can be believed.

A folder holds all of one: what went in (`inputs/`), a file for each replication that is done
(`replications/`), and what came of it. The rows and the report are made in `simulations/results`.
"""
