"""What the worker knows stays out of reach of the processes that it starts."""

import ctypes
import sys

#: Of Linux' prctl(2): processes of the same user may no longer read this one's memory, or its environment in /proc.
SET_DUMPABLE = 4


def keep_from_children() -> None:
    """Takes this process off what others of its user may look into. Elsewhere than on Linux there is no /proc."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)
