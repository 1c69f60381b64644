"""What can be worked out without simulating: the truths a simulator is held against."""
