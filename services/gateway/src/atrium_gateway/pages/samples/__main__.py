"""`python -m atrium_gateway.pages.samples <folder>`: every sample as a file, with assets, for a browser or a camera."""

import shutil
import sys
from pathlib import Path

from atrium_gateway.pages import rendering
from atrium_gateway.pages.samples.catalogue import samples
from atrium_gateway.pages.samples.house import HOUSES, customers_css, theme


def write(folder: Path, assets: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(rendering.STATIC, folder / "static", dirs_exist_ok=True)
    shutil.copytree(assets, folder / "assets", dirs_exist_ok=True)
    for slug in HOUSES:
        (folder / f"theme-{slug}.css").write_text(theme(slug))
    (folder / "customers.css").write_text(customers_css())
    for sample in samples():
        (folder / f"{sample.name}.html").write_text(rendering.render(sample.template, sample.page, sample.view))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
