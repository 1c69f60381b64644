"""The kinds of arrays the road engine works with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Float64s = NDArray[np.float64]
Float32s = NDArray[np.float32]
Masks = NDArray[np.uint8]
Slots = NDArray[np.uint16]
Costs = NDArray[Any]  # int64 costs or int32 milliseconds, see routing.hierarchy.labels
