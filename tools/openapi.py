"""Writes the OpenAPI documents of all services and what the gateway publishes of them; `--check` only compares.

services/<name>/openapi.json, and the gateway's `upstreams/openapi.json`, by which it passes operations on.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from atrium_gateway.upstreams.merge import PUBLISHED, merge

ROOT = Path(__file__).resolve().parent.parent
UPSTREAMS = ("projects", "files", "threads", "reports")


def document(service: str) -> Path:
    return ROOT / "services" / service / "openapi.json"


def generate(service: str) -> str:
    """What the service says of itself; it needs no settings and no servers for that."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.json"
        subprocess.run([sys.executable, "-m", f"atrium_{service}", "openapi", str(path)], check=True, cwd=ROOT)
        return path.read_text()


def update(path: Path, text: str, *, check: bool) -> bool:
    """True when the file already says so."""
    current = path.read_text() if path.exists() else None
    if current == text:
        return True
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return False


def main() -> int:
    check = "--check" in sys.argv[1:]
    documents = {name: generate(name) for name in UPSTREAMS}
    merged = merge({name: json.loads(text) for name, text in documents.items()})
    files = {document(name): text for name, text in documents.items()}
    files[PUBLISHED] = json.dumps(merged, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    changed = [path for path, text in files.items() if not update(path, text, check=check)]
    gateway = document("gateway")  # after the others: it publishes what was merged
    if not update(gateway, generate("gateway"), check=check):
        changed.append(gateway)
    names = ", ".join(str(path.relative_to(ROOT)) for path in changed)
    if changed and check:
        sys.stderr.write(f"Not what the code says: {names}. `make openapi` writes them.\n")
        return 1
    sys.stdout.write(f"Written: {names}\n" if changed else "The OpenAPI documents are what the code says.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
