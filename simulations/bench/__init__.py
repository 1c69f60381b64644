"""How many simulated calls a second either path plays, beside a bare heap of moments in the same run."""
