"""One generator for each source of chance, so that changing one leaves the others alone."""

from zlib import crc32

from numpy.random import Generator, default_rng


def stream(seed: int, name: str) -> Generator:
    """The generator called `name` of the town `seed`.

    Only `random`, `uniform` and `integers` are drawn from it: they are exact on every machine.
    """
    return default_rng([seed, crc32(name.encode())])
