"""From position reports to streets: one fix at a time as it comes in, or a whole track afterwards.

`model` says what makes a street likely, `follow` judges a single fix with what was known before, `track` and
`viterbi` find the most likely way of a whole track.
"""
