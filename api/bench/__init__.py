"""Benchmarks that anybody can run: real parts, figures as JSON, a reference in the same run."""
