"""`python -m atrium_gateway.pages.samples <folder> <logos> [--longer]`: samples as files, for a browser or a camera.

`logos` is the folder of the demo's logos; `--longer` writes them in the developers' language (`pages.pseudo`).
"""

import shutil
import sys
from pathlib import Path

from atrium_gateway.pages import rendering
from atrium_gateway.pages.samples.catalogue import samples
from atrium_gateway.pages.samples.house import HOUSES, customers_css, theme
from atrium_gateway.pages.samples.longer import in_pseudo


def write(folder: Path, assets: Path, *, in_longer: bool = False) -> list[str]:
    """Returns the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(rendering.STATIC, folder / "static", dirs_exist_ok=True)
    shutil.copytree(assets, folder / "assets", dirs_exist_ok=True)
    for slug in HOUSES:
        (folder / f"theme-{slug}.css").write_text(theme(slug))
    (folder / "customers.css").write_text(customers_css())
    names = []
    for sample in samples():
        shown = in_pseudo(sample.page) if in_longer else sample.page
        (folder / f"{sample.name}.html").write_text(rendering.render(sample.template, shown, sample.view))
        names.append(f"{sample.name}.html")
    return names


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), in_longer="--longer" in sys.argv[3:])
