"""`vigil bench history`: what a log of a million facts costs at the start, in a rebuild and in the past."""
