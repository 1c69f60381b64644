"""City models: where calls come from, when, how long everything takes, and who is there to help.

A model is a folder of small tables that a planner can read and change; `draw` makes the calls of any night
out of it.
"""
