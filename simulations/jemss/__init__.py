"""City models of JEMSS.jl (University of Auckland), read into ours: fleet, stations, hospitals, demand, call
chances, and road times on the network that comes with them.
"""
