"""Starting the drawing process and waiting for it, with nothing of ours in its environment."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from atrium_files.previews.drawing.__main__ import CANNOT
from atrium_files.previews.drawing.page import MOST_PAGES
from atrium_files.previews.model import Kind

#: It ends itself after its seconds; this much later it is ended.
GRACE_SECONDS = 5


class CannotBeDrawn(Exception):
    """The content is damaged, locked or too large, and will be the next time."""


class Died(Exception):
    """The process ended without an answer: over its limits, or killed."""


class Interrupted(Exception):
    """The worker is stopping."""


@dataclass(frozen=True)
class DrawnPage:
    width: float
    height: float
    words: list[tuple[str, float, float, float, float]]


@dataclass(frozen=True)
class Drawn:
    page_count: int
    pages: list[DrawnPage]


_DRAWN = TypeAdapter(Drawn)


@dataclass(frozen=True)
class Drawer:
    seconds: int
    memory: int  # bytes

    async def draw(self, kind: Kind, content: Path, directory: Path, stopping: asyncio.Event) -> Drawn:
        """The pages, whose pictures are then in the directory. Raises CannotBeDrawn, Died or Interrupted."""
        arguments = (kind, str(content), str(directory), str(self.seconds), str(self.memory))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", "atrium_files.previews.drawing", *arguments),
            cwd=directory,
            env={},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,  # what it says may quote content
            start_new_session=True,
        )
        code = await self._code(process, stopping)
        if code == CANNOT:
            raise CannotBeDrawn
        if code != 0:
            raise Died(str(code))
        return await asyncio.to_thread(_read, directory / "pages.json")

    async def _code(self, process: asyncio.subprocess.Process, stopping: asyncio.Event) -> int:
        ended, told = asyncio.create_task(process.wait()), asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait((ended, told), timeout=self.seconds + GRACE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done() and told.done():
                raise Interrupted
        finally:
            told.cancel()
            if process.returncode is None:
                process.kill()
            code = await ended
        return code


def _read(written: Path) -> Drawn:
    """What the process wrote is no more to be trusted than what it read."""
    try:
        drawn = _DRAWN.validate_json(written.read_bytes())
    except (OSError, ValidationError) as error:
        raise CannotBeDrawn from error
    if not 1 <= len(drawn.pages) <= min(drawn.page_count, MOST_PAGES):
        raise CannotBeDrawn
    return drawn
