"""The report of an experiment: one page in Vietnamese and English that needs no network and no script."""
