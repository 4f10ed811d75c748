"""The workspace's lists, narrowed by their filters."""

from dataclasses import replace

from atrium_gateway.pages.samples.house import NORA
from atrium_gateway.pages.samples.workspace import HOME

HOME_MINE = replace(HOME, needs=tuple(row for row in HOME.needs if row.owner == NORA), waiting=(), whose="mine")
HOME_NOBODYS = replace(
    HOME_MINE, needs=(), whose="nobody", sums=replace(HOME.sums, needs={"": 5, "mine": 1, "nobody": 0})
)
