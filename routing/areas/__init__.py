"""What lies within reach: from node times to parts of streets, to sums over a town, to shapes on a map."""
