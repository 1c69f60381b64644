"""The study of policies: every way to choose and to place units, on the same calls of two cities.

What it found stands in docs/studies/policies.md. The nights are those of `vigil simulate --model`; what
is added here are deployments by formula, fleets and promises of other sizes, and a picture.
"""
