"""The drawing process runs as the worker's user, and still finds nothing of the worker's."""

import subprocess
import sys

import pytest

KEEPS = """
import ctypes
from atrium_files.previews.secrets import keep_from_children
GET_DUMPABLE = 3
before = ctypes.CDLL(None).prctl(GET_DUMPABLE)
keep_from_children()
print(before, ctypes.CDLL(None).prctl(GET_DUMPABLE))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_others_of_the_same_user_may_not_look_into_the_worker() -> None:
    told = subprocess.run([sys.executable, "-I", "-c", KEEPS], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["1", "0"]
