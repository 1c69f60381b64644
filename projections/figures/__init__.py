"""What the service has done, in figures: folded from the log into small records, and counted when asked."""
