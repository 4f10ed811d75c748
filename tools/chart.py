"""Lints, renders and schema-validates the Helm chart, without a cluster. Rendered: build/chart/<values>.yaml.

Every file in deploy/helm/atrium/ci/*.yaml is one set of values that must render; ci/refused/*.yaml are sets that
values.schema.json must refuse. Helm is the machine's, or built once from its Go module.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import yaml
from atrium_testkit.backends.object_store import find_go
from atrium_testkit.paths import cache_dir, file_lock

ROOT = Path(__file__).resolve().parent.parent
CHART = ROOT / "deploy" / "helm" / "atrium"
RENDERED = ROOT / "build" / "chart"
HELM = "v3.21.4"
KUBERNETES = "1.33"


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def helm() -> str:
    found = shutil.which("helm")
    if found is not None:
        return found
    binary = cache_dir() / "bin" / f"helm-{HELM}"
    with file_lock(cache_dir() / "helm.lock"):
        if not binary.exists():
            go = find_go(say)
            say(f"building helm {HELM} (about 2 min, once)")
            partial = cache_dir() / "helm.partial"
            shutil.rmtree(partial, ignore_errors=True)
            environment = {**os.environ, "GOBIN": str(partial), "CGO_ENABLED": "0", "GOFLAGS": "-modcacherw -p=2"}
            subprocess.run([go, "install", f"helm.sh/helm/v3/cmd/helm@{HELM}"], env=environment, check=True)
            binary.parent.mkdir(parents=True, exist_ok=True)
            (partial / "helm").rename(binary)
            shutil.rmtree(partial)
    return str(binary)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([helm(), *arguments], capture_output=True, text=True, check=False, cwd=ROOT)


def template(values: Path) -> "subprocess.CompletedProcess[str]":
    release = ["atrium", str(CHART), "--namespace", "atrium", "--kube-version", KUBERNETES]
    return run("template", *release, "--values", str(values))


def render(values: Path) -> list[str]:
    """Faults of one set of values: what Helm says, then what the schemas of Kubernetes say."""
    linted = run("lint", "--strict", "--kube-version", KUBERNETES, str(CHART), "--values", str(values))
    if linted.returncode != 0:
        return [f"{values.name}: {linted.stdout}{linted.stderr}"]
    rendered = template(values)
    if rendered.returncode != 0:
        return [f"{values.name}: {rendered.stderr}"]
    RENDERED.mkdir(parents=True, exist_ok=True)
    (RENDERED / values.name).write_text(rendered.stdout)
    return [f"{values.name}: {fault}" for fault in schema_faults(rendered.stdout)]


def schema_faults(manifests: str) -> Iterator[str]:
    for manifest in filter(None, yaml.safe_load_all(manifests)):
        name = f"{manifest['kind']} {manifest['metadata']['name']}"
        try:
            kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{name}: {error}"
        except kubernetes_validate.SchemaNotFoundError:
            if "." not in manifest["apiVersion"].split("/")[0]:
                yield f"{name}: unknown {manifest['apiVersion']}"  # a custom resource has a group with a dot


def refused(values: Path) -> list[str]:
    result = template(values)
    return [] if result.returncode != 0 else [f"{values.name} should have been refused"]


def main() -> int:
    if not CHART.is_dir():
        say("deploy/helm/atrium is missing")
        return 1
    good: list[Any] = sorted((CHART / "ci").glob("*.yaml"))
    faults = [fault for values in good for fault in render(values)]
    faults += [fault for values in sorted((CHART / "ci" / "refused").glob("*.yaml")) for fault in refused(values)]
    for fault in faults:
        say(fault)
    if not faults:
        sys.stdout.write(f"The chart renders for {', '.join(values.stem for values in good)}.\n")
    return 1 if faults or not good else 0


if __name__ == "__main__":
    sys.exit(main())
