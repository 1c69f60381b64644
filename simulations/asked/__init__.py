"""A simulation that somebody asked for elsewhere: played in a process of its own, told in files.

order     what is asked                         (`order.json`)
progress  how far it is                         (`progress.json`)
play      the nights of a city or a model, the days of a scenario, days of the own log
results   figures, differences, series          (`results.json`)
replay    where everybody was, of some replications (`replay/00/00000.json.gz`)

A folder is enough to go on after the process has ended: what is done is a file.
"""
