"""What may be said after so many replications, and how surely."""
