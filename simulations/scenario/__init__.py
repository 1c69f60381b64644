"""What if: a bad day, or a bad month, written down so that anybody can read it, and played on a city model.

A scenario is one TOML file: the question it answers, the model it stands on, and a list of changes, each with
the days and hours in which it holds. `simulations/presets` holds those that a health department asks first.
"""
