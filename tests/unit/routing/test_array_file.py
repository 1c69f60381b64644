from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
import pytest

from routing.array_file import ALIGNED, load_arrays, save_arrays

ARRAYS = {
    "flags": np.array([1, 2, 3], np.uint8),
    "nothing": np.zeros(0, np.int32),
    "table": np.arange(12, dtype=np.int64).reshape(4, 3),
    "lengths": np.linspace(0, 1, 7),
    "cube": np.ones((2, 2, 2), np.float32),
}


@pytest.fixture
def path(tmp_path):
    save_arrays(tmp_path / "some.npz", ARRAYS)
    return tmp_path / "some.npz"


def test_what_is_loaded_is_what_was_saved(path):
    loaded = load_arrays(path)
    assert list(loaded) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert loaded[name].dtype == array.dtype
        np.testing.assert_array_equal(loaded[name], array)


def test_numpy_reads_the_file_too(path):
    with np.load(path) as arrays:
        for name, array in ARRAYS.items():
            np.testing.assert_array_equal(arrays[name], array)


def test_kernels_see_ordinary_arrays(path):
    for array in load_arrays(path).values():
        assert type(array) is np.ndarray
        assert array.flags.writeable
        assert array.flags.c_contiguous
        assert array.ctypes.data % ALIGNED == 0 or array.size == 0


def test_writing_to_an_array_leaves_the_file_as_it_is(path):
    loaded = load_arrays(path)
    loaded["table"][:] = -1
    np.testing.assert_array_equal(load_arrays(path)["table"], ARRAYS["table"])


@pytest.mark.parametrize("kept", [0, 10, 100, 500, -30])
def test_a_file_cut_short_is_refused(path, kept):
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    with pytest.raises((OSError, ValueError, KeyError, BadZipFile)):
        load_arrays(path)


def test_a_compressed_file_cannot_be_mapped(path):
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("flags.npy", b"x" * 1000)
    with pytest.raises(ValueError, match="compressed"):
        load_arrays(path)


def test_an_array_that_claims_more_than_there_is_is_refused(path):
    whole = path.read_bytes()
    assert whole.count(b"(4, 3)") == 1
    path.write_bytes(whole.replace(b"(4, 3)", b"(9, 3)"))
    with pytest.raises(ValueError, match="size"):
        load_arrays(path)
