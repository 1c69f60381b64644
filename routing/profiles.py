"""The four ways a unit can drive.

`van` and `motorbike` drive under blue light, `van_normal` and `motorbike_normal` without it. A
profile has a fixed index (a column of the speed table) and a bit (its place in a mask).
"""

from typing import Final

PROFILES: Final = ("van", "motorbike", "van_normal", "motorbike_normal")
VAN, MOTORBIKE, VAN_NORMAL, MOTORBIKE_NORMAL = range(4)
BLUE_LIGHT: Final = (VAN, MOTORBIKE)
VANS: Final = (VAN, VAN_NORMAL)
MOTORBIKES: Final = (MOTORBIKE, MOTORBIKE_NORMAL)
EVERY_PROFILE: Final = (1 << len(PROFILES)) - 1


def profile_index(profile: str) -> int:
    """The column of `profile`. Raises ValueError with the known names."""
    try:
        return PROFILES.index(profile)
    except ValueError:
        raise ValueError(f"There is no profile {profile!r}; known are {', '.join(PROFILES)}.") from None


def normal_driving(index: int) -> int:
    """The profile that drives the same vehicle without blue light."""
    return VAN_NORMAL if index in VANS else MOTORBIKE_NORMAL


def mask_of(indices: tuple[int, ...]) -> int:
    """One bit for each profile index."""
    mask = 0
    for index in indices:
        mask |= 1 << index
    return mask
