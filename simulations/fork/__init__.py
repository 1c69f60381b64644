"""The live state of this second, carried on as a simulation: many futures of the next hour, on the lean path.

Live is read and never written: a fork holds copies of what the desk's own picture says.

now          what is read of live               (`now.py`)
cell_ground  road times between the cells that coverage goes by, as the ground of a simulation
stages       how long the rest of a stage takes, given what has passed of it
rests        when each unit that serves somebody will be free, and where
start        the state a future begins at       (`start.py`)
futures      what is drawn for each of them     (`futures.py`)
cores        several of them at once           (`cores.py`)
look_ahead   what sending one unit or another does to the calls that are to come
"""
