"""How well a city model tells what really happened: recorded calls played again, and laid beside what came.

The calls are those that rang, when and where they did; all else (how long a crew is at a scene, who is taken
to a hospital, turnout, roads, who is sent) is the model's. So what differs is the model's fault, or chance,
and the report says which (validation against recorded trips, as S.G. Henderson and A.J. Mason, "Ambulance
service planning: simulation and data visualisation", 2004, and JEMSS do it).
"""
