"""Chance by name: each source has a generator of its own, so that changing one leaves the others alone.

Two rivals that are given the same seed and the same replication draw the same calls, the same turnouts, the
same
stays in hospital: what is different between them is what they do (common random numbers; Law, *Simulation
Modeling and Analysis*, 5th ed., section 11.2).
"""

from zlib import crc32

from numpy.random import Generator, Philox, SeedSequence


def generator(seed: int, replication: int, source: str) -> Generator:
    """The generator of one source of chance, such as "arrivals", in one replication. The same three always
    give the same stream, on every machine."""
    return Generator(Philox(SeedSequence([seed, replication, crc32(source.encode())])))
