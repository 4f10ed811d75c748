"""Runs a command that cannot outlive the process that started it. Standard library only: run with `python -I -S`.

    guard.py PARENT_PID DEATH_SIGNAL UID GID COMMAND…

Linux: the kernel sends DEATH_SIGNAL when the parent's starting thread ends (so start children from the main thread).
Elsewhere this process stays, watches the parent and the child, and passes signals on.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, death_signal, uid, gid = (int(argument) for argument in sys.argv[1:5])
    command = sys.argv[5:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After the change of user, which would clear it.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(1)
        os.execv(command[0], command)  # noqa: S606
    sys.exit(watch(parent, death_signal, command))


def watch(parent: int, death_signal: int, command: list[str]) -> int:
    """Wait for the child and the parent at once (kqueue: macOS and the BSDs)."""
    import select  # noqa: PLC0415  # kqueue is not there on Linux
    import subprocess  # noqa: PLC0415

    child = subprocess.Popen(command)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda received, _frame: child.send_signal(received))
    queue = select.kqueue()  # type: ignore[attr-defined,unused-ignore]
    try:
        for pid in (parent, child.pid):
            event = select.kevent(  # type: ignore[attr-defined,unused-ignore]
                pid,
                filter=select.KQ_FILTER_PROC,  # type: ignore[attr-defined,unused-ignore]
                flags=select.KQ_EV_ADD,  # type: ignore[attr-defined,unused-ignore]
                fflags=select.KQ_NOTE_EXIT,  # type: ignore[attr-defined,unused-ignore]
            )
            queue.control([event], 0)
        ended = queue.control(None, 1)[0].ident
    except ProcessLookupError:
        ended = parent if os.getppid() != parent else child.pid
    if ended == parent:
        child.send_signal(death_signal)
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    main()
