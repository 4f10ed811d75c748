"""What the drawing process may use. It takes the limits on itself before it looks at any content."""

import os
import resource
import signal
import sys

#: No picture that is written is larger.
MOST_BYTES_WRITTEN = 64 * 1024**2
NICENESS = 10


def limit(seconds: int, memory: int) -> None:
    """From here on the kernel ends this process where it goes beyond; pages for people come before previews."""
    os.nice(NICENESS)
    signal.alarm(seconds)  # also ends it when nobody is left to wait for it
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MOST_BYTES_WRITTEN,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform != "darwin":  # whose kernel does not take it
        limits[resource.RLIMIT_AS] = memory
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))
