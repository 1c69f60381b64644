"""The language of emergency dispatch. Pure: no clock, no chance, no wires."""
