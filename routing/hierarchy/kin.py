"""Where the climbs of many ranks join the climb of one: the lowest common ancestor, found by table.

The ancestors of a rank cover larger and larger spans of ranks. Ranks are cut into blocks, and each block
remembers the first ancestor that may cover one of its ranks; a step or two further is the one that does.
"""

import numpy as np

from routing.arrays import Int32s
from routing.compiled import compiled

U = np.uint64
BLOCKS = 256


@compiled
def kin_of(rank: int, slots: int, climb: Int32s) -> tuple[Int32s, Int32s, int]:
    """The table of one rank.

    Returns span int32[ancestors+2, 3]: lowest and highest rank that each ancestor covers, and its slot,
    from `rank` itself upwards, then a row that covers all and has the slot after the last; block int32: the
    row to begin at; and the shift that takes a rank to its block.
    """
    nodes = climb.shape[0] - 1
    count = slots - climb[rank, 1]
    span = np.empty((count + 1, 3), np.int32)
    at = U(rank)
    for i in range(U(count)):
        span[i, U(0)], span[i, U(1)], span[i, U(2)] = climb[at, U(3)], at, climb[at, U(1)]
        at = U(climb[at, U(0)])
    span[count, 0], span[count, 1], span[count, 2] = 0, nodes, slots
    shift = 0
    while (nodes >> shift) >= BLOCKS:
        shift += 1
    block = np.zeros((nodes >> shift) + 1, np.int32)
    row = 0
    for i in range((rank >> shift) - 1, -1, -1):  # the last rank of the block is the nearest
        while span[row, 0] > ((i + 1) << shift) - 1:
            row += 1
        block[i] = row
    row = 0
    for i in range((rank >> shift) + 1, block.shape[0]):  # here the first is
        while span[row, 1] < i << shift:
            row += 1
        block[i] = row
    return span, block, shift


@compiled
def joined_at(rank: int, span: Int32s, block: Int32s, shift: int) -> np.int64:
    """The slot where the climb of `rank` joins; the one after the last where it never does."""
    row = U(block[U(rank >> shift)])
    while rank < span[row, U(0)] or rank > span[row, U(1)]:
        row += U(1)
    return np.int64(span[row, U(2)])
