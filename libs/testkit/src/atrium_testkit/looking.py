"""Pictures of the style page beside their references: which sections look different, and by how much."""

import io
import json
from dataclasses import dataclass

from PIL import Image, ImageChops
from playwright.sync_api import Page

from atrium_testkit.paths import repository

REFERENCES = repository() / "tests" / "pictures" / "references"
DIFFERENCES = repository() / "build" / "pictures" / "diff"
#: A channel that differs by less is the rounding of another machine; a section with fewer such pixels is the same.
LEVELS = 16
SHARE = 0.0004
FEWEST = 16
#: Half the size: small files, quick pictures, and still a pixel for what moved by two.
SCALE = 0.5
#: Every section begins on a whole pixel of the picture, whatever stands above it; then name, top and height of each.
ALIGNED = """all => {
  const top = one => one.getBoundingClientRect().top + scrollY;
  all.forEach(one => { one.style.marginTop = `${Math.ceil(top(one) / 2) * 2 - top(one)}px`; });
  return all.map(one => [one.id, top(one), one.offsetHeight]);
}"""


@dataclass(frozen=True)
class Look:
    """The style page as one house shows it, in one language, theme and width."""

    house: str
    language: str
    theme: str
    width: int

    @property
    def name(self) -> str:
        return f"{self.house}-{self.language}-{self.theme}-{self.width}"

    @property
    def query(self) -> str:
        return f"?brand={self.house}&language={self.language}&theme={self.theme}"


def sections(page: Page, address: str, look: Look, css: str = "") -> dict[str, Image.Image]:
    """Every section of the style page as it looks now; `css` is a change to look for."""
    page.set_viewport_size({"width": look.width, "height": 900})
    page.goto(address + look.query)
    if css:
        page.add_style_tag(content=css)
    page.evaluate("Promise.all([...document.fonts].map(font => font.load())).then(() => document.fonts.ready)")
    boxes = page.eval_on_selector_all("section.specimens", ALIGNED)
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    return {
        name: whole.crop((0, round(top * SCALE), whole.width, round((top + height) * SCALE)))
        for name, top, height in boxes
    }


def accept(look: Look, seen: dict[str, Image.Image]) -> None:
    """One picture of all sections, one below the other, and their heights."""
    REFERENCES.mkdir(exist_ok=True)
    width = max(one.width for one in seen.values())
    whole = Image.new("RGB", (width, sum(one.height for one in seen.values())))
    top = 0
    for one in seen.values():
        whole.paste(one, (0, top))
        top += one.height
    whole.save(REFERENCES / f"{look.name}.webp", lossless=True, quality=60, method=4)
    heights = {name: one.height for name, one in seen.items()}
    (REFERENCES / f"{look.name}.json").write_text(json.dumps(heights) + "\n")


def reference(look: Look) -> dict[str, Image.Image]:
    heights = json.loads((REFERENCES / f"{look.name}.json").read_text())
    whole = Image.open(REFERENCES / f"{look.name}.webp").convert("RGB")
    top, found = 0, {}
    for name, height in heights.items():
        found[name] = whole.crop((0, top, whole.width, top + height))
        top += height
    return found


def changed(look: Look, seen: dict[str, Image.Image], *, keep: bool = True) -> list[str]:
    """The sections that look different. With `keep`, old, new and their difference are left in build/pictures/diff."""
    old = reference(look)
    different = [name for name in old.keys() | seen.keys() if is_different(old.get(name), seen.get(name))]
    if keep:
        for name in different:
            leave(f"{look.name}-{name}", old.get(name), seen.get(name))
    return sorted(different)


def is_different(old: Image.Image | None, new: Image.Image | None) -> bool:
    if old is None or new is None or old.width != new.width or abs(old.height - new.height) > 1:
        return True
    return differing_pixels(old, new) > max(FEWEST, SHARE * old.width * old.height)


def marks(old: Image.Image, new: Image.Image) -> Image.Image:
    """White where any channel differs by more than a machine's rounding."""
    red, green, blue = ImageChops.difference(old, new).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda level: 255 if level > LEVELS else 0)


def differing_pixels(old: Image.Image, new: Image.Image) -> int:
    """Where the whole section begins half a pixel later, all of it may lie one row lower; a part of it may not."""
    height = min(old.height, new.height)
    middle = old.crop((0, 1, old.width, height - 1))
    rows = (new.crop((0, 1 + down, new.width, height - 1 + down)) for down in (0, 1, -1))
    return min(marks(middle, shifted).histogram()[255] for shifted in rows)


def leave(name: str, old: Image.Image | None, new: Image.Image | None) -> None:
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    for kind, picture in (("old", old), ("new", new)):
        if picture is not None:
            picture.save(DIFFERENCES / f"{name}-{kind}.png")
    if old is not None and new is not None and old.size == new.size:
        marks(old, new).save(DIFFERENCES / f"{name}-diff.png")
