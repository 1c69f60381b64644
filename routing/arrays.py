"""The kinds of arrays the road engine works with."""

import numpy as np
from numpy.typing import NDArray

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Float64s = NDArray[np.float64]
Float32s = NDArray[np.float32]
Masks = NDArray[np.uint8]
