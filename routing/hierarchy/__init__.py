"""A customizable contraction hierarchy: the fast exact engine.

Three parts that change at three speeds are kept apart. The *order* and the shortcuts it needs depend on the
streets alone and are stored with the map (`order`, `contraction`, `layout`). The *weights* of
every street and shortcut are worked out anew for each metric in milliseconds (`customize`, `epochs`). A
*question* only reads both (`seeds`, `labels`, `query`, `unpack`, `units`, `nearest`, `sweep`, `tables`).

Words: a *rank* is a node's number in the order, least important first; an *up-arc* joins a rank to a
higher one and stands for both directions; a node's *climb* is the chain of its ancestors in the elimination
tree, which holds every higher rank a way from it can need; a *slot* is a place in that chain, the same for
all nodes that share the ancestor, so a *label* (cost to each ancestor) is a plain vector by slot.
"""
