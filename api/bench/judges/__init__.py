"""Other people's routing engines as judges of ours: are our times believable, and how fast are theirs?

OSRM and Valhalla come as wheels for Python 3.12 and newer; Vigil runs on 3.11 too. So a second Python, named
in VIGIL_JUDGES_PYTHON, runs `worker.py`, and questions and answers go through a pipe.
"""
