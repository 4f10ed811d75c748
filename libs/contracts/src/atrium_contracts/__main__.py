"""`python -m atrium_contracts schemas|asyncapi|docs|check [--against FOLDER]`: what is generated from the models."""

import argparse
import sys
from pathlib import Path

from atrium_contracts import asyncapi, markdown, schemas, yaml

REPOSITORY = Path(__file__).resolve().parents[4]
SCHEMAS = REPOSITORY / "libs/contracts/schemas"
ASYNCAPI = REPOSITORY / "libs/contracts/asyncapi.yaml"
CATALOGUE = REPOSITORY / "docs/events/README.md"


def write_schemas(folder: Path = SCHEMAS) -> list[str]:
    """Write all schemas, unless that would break a promise of those already there; returns the broken promises."""
    now = schemas.generated()
    faults = schemas.broken_promises(schemas.committed(folder), now)
    if not faults:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in now.items():
            (folder / name).write_text(content)
    return faults


def write_text(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def drift() -> list[str]:
    """What is committed and differs from what the models say."""
    expected = {SCHEMAS / name: content for name, content in schemas.generated().items()}
    expected |= {ASYNCAPI: yaml.dumps(asyncapi.document()), CATALOGUE: markdown.catalogue()}
    faults = [
        f"{path.relative_to(REPOSITORY)} is not what the models say; run `python -m atrium_contracts`"
        for path, content in expected.items()
        if not path.exists() or path.read_text() != content
    ]
    left = set(SCHEMAS.glob("*.json")) - set(expected)
    return faults + [f"{path.relative_to(REPOSITORY)} belongs to no event" for path in sorted(left)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m atrium_contracts", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=["all", "schemas", "asyncapi", "docs", "check"])
    parser.add_argument("--against", type=Path, help="folder of the schemas of the last release, for check")
    parsed = parser.parse_args(arguments)
    faults: list[str] = []
    if parsed.what == "check":
        faults = drift() + schemas.broken_promises(schemas.committed(parsed.against or SCHEMAS), schemas.generated())
    if parsed.what in {"all", "schemas"}:
        faults = write_schemas()
    if parsed.what in {"all", "asyncapi"}:
        write_text(ASYNCAPI, yaml.dumps(asyncapi.document()))
    if parsed.what in {"all", "docs"}:
        write_text(CATALOGUE, markdown.catalogue())
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
