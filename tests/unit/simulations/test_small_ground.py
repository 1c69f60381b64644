"""A ground kept small comes back to the last bit, and what cannot be kept so is refused."""

import numpy as np
import pytest

from routing.array_file import load_arrays, save_arrays
from simulations.experiment.small_ground import KeptGround, in_whole_metres, keep_ground, kept_ground
from simulations.lean.columns import Ground


def ground(spots=300, places=40, bases=5):
    """Times and ways as a city has them: near what they are next door, and none to some places."""
    chance = np.random.default_rng(3)
    north = np.sort(chance.uniform(0, 30_000, spots))
    metres = np.abs(np.subtract.outer(north, chance.uniform(0, 30_000, places)))[None]
    seconds = np.round(metres / 11.0, 1)
    seconds[0, :, 7] = np.inf
    home = np.round(chance.uniform(0, 4_000, (1, 9, bases)), 1)
    columns = Ground(
        to_scene_s=seconds,
        to_scene_m=metres,
        to_hospital_s=np.array([[0.0, np.inf], [12.3, 5_133.4]]),
        to_hospital_m=np.array([[0.0, 0.0], [99.51, 66_827.6]]),
        place_spot=np.arange(places, dtype=np.int32),
        hospital_spot=np.array([3, 4], np.int32),
        base_spot=np.arange(bases, dtype=np.int32),
        leaves=np.full(spots, -1, np.int32),
        home_s=home,
        home_m=home * 9,
        home_first=chance.integers(0, 2**40, (1, 9, bases)),
        passes=chance.integers(0, spots, 5_000).astype(np.int32),
        step_s=15.0,
        cell=chance.integers(-1, 50, spots).astype(np.int32),
    )
    return KeptGround(columns, chance.uniform(10, 11, (spots, 2)))


def test_it_comes_back_to_the_last_bit_and_takes_less_room(tmp_path):
    whole = ground()
    whole = whole._replace(columns=in_whole_metres(whole.columns))
    keep_ground(tmp_path / "ground.npz", whole)
    found = kept_ground(tmp_path / "ground.npz")
    for name, one, other in zip(Ground._fields, whole.columns, found.columns, strict=True):
        one, other = np.asarray(one), np.asarray(other)
        assert (one.dtype, one.shape) == (other.dtype, other.shape), name
        assert one.tobytes() == other.tobytes(), name
        assert other.flags.c_contiguous, name
    assert found.where.tobytes() == whole.where.tobytes()
    large = sum(np.asarray(column).nbytes for column in whole.columns)
    assert (tmp_path / "ground.npz").stat().st_size < large / 3


def test_the_same_ground_is_the_same_file(tmp_path):
    whole = ground()._replace(columns=in_whole_metres(ground().columns))
    for name in ("one", "other"):
        keep_ground(tmp_path / name, whole)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_what_would_lose_bits_is_kept_as_it_is(tmp_path):
    """Metres with their centimetres, seconds with their hundredths."""
    whole = ground()
    finer = whole._replace(columns=whole.columns._replace(home_s=whole.columns.home_s + 0.01))
    keep_ground(tmp_path / "ground.npz", finer)
    found = kept_ground(tmp_path / "ground.npz")
    for name, one, other in zip(Ground._fields, finer.columns, found.columns, strict=True):
        assert np.asarray(one).tobytes() == np.asarray(other).tobytes(), name
        assert np.asarray(one).shape == np.asarray(other).shape, name


def test_a_damaged_file_gets_a_sentence(tmp_path):
    whole = ground()
    path = tmp_path / "ground.npz"
    keep_ground(path, whole._replace(columns=in_whole_metres(whole.columns)))
    arrays = {name: array.copy() for name, array in load_arrays(path).items()}
    arrays["to_scene_s"][5:25] ^= 255
    save_arrays(path, arrays)
    with pytest.raises(ValueError, match=r"ground\.npz is damaged"):
        kept_ground(path)
    save_arrays(path, {"where": whole.where})
    with pytest.raises(ValueError, match=r"ground\.npz is damaged"):
        kept_ground(path)
