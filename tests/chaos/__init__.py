"""The whole installation under fire: `make chaos`, or `python -m tests.chaos --seed 115 --strikes 1000`."""
