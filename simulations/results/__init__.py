"""What came of an experiment: flat rows, figures with their uncertainty, a page to read, a signed bundle."""
