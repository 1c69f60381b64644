"""Question cards, as data. Our own words; each waits for a clinician's signature."""
