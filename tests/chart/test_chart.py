"""The chart as Kubernetes would get it: every pod confined, no secret in it, every service complete, slips refused."""

import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from atrium_testkit.services import SERVICES

ROOT = Path(__file__).resolve().parents[2]
Manifest = dict[str, Any]


@cache
def tool() -> ModuleType:
    """tools/chart.py, which knows where Helm is and how it is asked."""
    spec = importlib.util.spec_from_file_location("chart", ROOT / "tools" / "chart.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CI = ROOT / "deploy" / "helm" / "atrium" / "ci"
GOOD = sorted(path.stem for path in CI.glob("*.yaml"))
#: What is refused, and the words by which its author finds the slip.
REFUSED = {
    "unknown": "additional properties 'ingres' not allowed",
    "unknown-in-a-service": "additional properties 'replica' not allowed",
    "secret-as-value": "ATRIUM_S3_SECRET_KEY",
    "mail-user-without-password": "/mail/existingSecret",
    "kafka-user-without-password": "/kafka/sasl/existingSecret",
    "kafka-certificate-without-tls": "/kafka/tls/enabled",
    "address-with-a-path": "/publicUrl",
}


@cache
def rendered(name: str) -> list[Manifest]:
    result = tool().template(CI / f"{name}.yaml")
    assert result.returncode == 0, result.stderr
    return [manifest for manifest in yaml.safe_load_all(result.stdout) if manifest]


def of_kind(name: str, kind: str) -> dict[str, Manifest]:
    return {m["metadata"]["name"]: m for m in rendered(name) if m["kind"] == kind}


def pods(name: str) -> Iterator[tuple[str, Manifest]]:
    """Labels and spec of everything that becomes a pod."""
    for manifest in rendered(name):
        if manifest["kind"] == "Pod":
            yield manifest["metadata"]["name"], manifest
        elif "template" in manifest.get("spec", {}):
            yield manifest["metadata"]["name"], manifest["spec"]["template"]


def containers(pod: Manifest) -> list[Manifest]:
    return [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]


def selects(selector: Manifest, pod: Manifest) -> bool:
    return bool(selector["matchLabels"].items() <= pod["metadata"]["labels"].items())


@pytest.mark.parametrize("name", GOOD)
def test_schemas_of_kubernetes_accept_it(name: str) -> None:
    assert tool().render(CI / f"{name}.yaml") == []


@pytest.mark.parametrize("name", GOOD)
def test_every_pod_is_restricted(name: str) -> None:
    """The Pod Security Standard `restricted`, and a read-only root on top of it."""
    for title, pod in pods(name):
        spec = pod["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True, title
        assert spec["securityContext"]["runAsUser"] > 0, title
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, title
        assert spec["automountServiceAccountToken"] is False, title
        assert spec["enableServiceLinks"] is False, title
        assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys(), title
        assert all(set(volume) & {"emptyDir", "secret"} for volume in spec.get("volumes", [])), title
        for container in containers(pod):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, title
            assert "memory" in container["resources"]["limits"], title


@pytest.mark.parametrize("name", GOOD)
def test_no_secret_is_in_the_rendering(name: str) -> None:
    """Secrets are neither made nor copied: whatever is secret comes from one that is named."""
    assert not of_kind(name, "Secret")
    secret = re.compile("PASSWORD(?!_FILE)|SECRET|ACCESS_KEY|DATABASE(_DIRECT|_OWNER)?_URL")
    for title, pod in pods(name):
        for container in containers(pod):
            for variable in container.get("env", []):
                if secret.search(variable["name"]) or variable["name"] == "TOKEN":
                    assert set(variable) == {"name", "valueFrom"}, f"{title}: {variable}"
                    assert "secretKeyRef" in variable["valueFrom"], f"{title}: {variable}"


@pytest.mark.parametrize("name", GOOD)
def test_only_migrations_get_the_owner(name: str) -> None:
    for title, pod in pods(name):
        owners = [c["name"] for c in containers(pod) if "ATRIUM_DATABASE_OWNER_URL" in {e["name"] for e in c["env"]}]
        assert owners == (["migrate"] if "initContainers" in pod["spec"] else []), title


@pytest.mark.parametrize("name", GOOD)
def test_only_the_gateway_signs(name: str) -> None:
    signing = {
        title for title, pod in pods(name) if "signing-key" in {v["name"] for v in pod["spec"].get("volumes", [])}
    }
    assert signing
    assert all("-gateway-" in title for title in signing)


@pytest.mark.parametrize("process", ["api", "worker"])
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("name", GOOD)
def test_every_process_is_complete(name: str, service: str, process: str) -> None:
    deployment = of_kind(name, "Deployment")[f"atrium-{service}-{process}"]
    pod = deployment["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    assert container["args"] == [SERVICES[service].package, process]
    assert pod["spec"]["initContainers"][0]["args"] == [SERVICES[service].package, "migrate"]
    assert {"startupProbe", "livenessProbe", "readinessProbe", "lifecycle"} <= container.keys()
    assert of_kind(name, "ServiceAccount")[pod["spec"]["serviceAccountName"]]
    budgets = of_kind(name, "PodDisruptionBudget").values()
    assert len([budget for budget in budgets if selects(budget["spec"]["selector"], pod)]) == 1
    scaled = f"atrium-{service}-{process}" in of_kind(name, "HorizontalPodAutoscaler")
    assert scaled != ("replicas" in deployment["spec"])
    assert any(f"atrium-{service}-topics-" in job for job in of_kind(name, "Job"))


@pytest.mark.parametrize("name", GOOD)
def test_services_lead_to_their_api_only(name: str) -> None:
    for service in SERVICES:
        selector = {"matchLabels": of_kind(name, "Service")[f"atrium-{service}"]["spec"]["selector"]}
        assert [title for title, pod in pods(name) if selects(selector, pod)] == [f"atrium-{service}-api"]


@pytest.mark.parametrize("name", ["least", "all"])
def test_every_pod_is_walled_off(name: str) -> None:
    """Each is under the policy that denies all, and under its service's own; only the gateway is open to the front."""
    policies = of_kind(name, "NetworkPolicy")
    assert "ingress" not in policies["atrium"]["spec"]
    for title, pod in pods(name):
        component = pod["metadata"]["labels"]["app.kubernetes.io/component"]
        over = {policy for policy, manifest in policies.items() if selects(manifest["spec"]["podSelector"], pod)}
        assert over == {"atrium", f"atrium-{component}"}, title
    for service in SERVICES.keys() - {"gateway"}:
        (first, *_) = policies[f"atrium-{service}"]["spec"]["ingress"]
        assert [peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"] for peer in first["from"]] == [
            "gateway"
        ]


def test_policies_name_the_peers_that_are_given() -> None:
    egress = of_kind("all", "NetworkPolicy")["atrium-projects"]["spec"]["egress"]
    assert {"to": [{"ipBlock": {"cidr": "10.20.0.0/24"}}], "ports": [_tcp(5432), _tcp(6432)]} in egress
    files = of_kind("all", "NetworkPolicy")["atrium-files"]["spec"]["egress"]
    assert {"to": [{"ipBlock": {"cidr": "10.20.1.0/24"}}], "ports": [_tcp(9000)]} in files


def test_policies_open_the_ports_of_the_addresses() -> None:
    """Who names Kafka at another port, say, need not repeat it, and is not walled off from it."""
    usual = {"gateway": {53, 5432, 9092, 587}, "files": {53, 5432, 9092, 443}, "threads": {53, 5432, 9092}}
    assert {service: _ports_out("least", service) for service in usual} == usual
    own = {"gateway": {53, 5432, 6432, 9093, 2525, 4318}, "files": {53, 5432, 6432, 9093, 9000, 4318}}
    assert {service: _ports_out("all", service) for service in own} == own


def _ports_out(name: str, service: str) -> set[int]:
    policies = of_kind(name, "NetworkPolicy")
    ways = [way for policy in ("atrium", f"atrium-{service}") for way in policies[policy]["spec"]["egress"]]
    return {port["port"] for way in ways for port in way["ports"] if port["port"] != "http"}


def _tcp(port: int) -> Manifest:
    return {"protocol": "TCP", "port": port}


def test_every_host_leads_to_the_gateway() -> None:
    ingress = of_kind("all", "Ingress")["atrium"]["spec"]
    hosts = {rule["host"]: rule["http"]["paths"][0]["backend"]["service"]["name"] for rule in ingress["rules"]}
    assert set(hosts) == {"portal.nordwind.example", "*.portal.nordwind.example", "projects.helvetia.example"}
    assert set(hosts.values()) == {"atrium-gateway"}
    assert {tls["secretName"] for tls in ingress["tls"]} == {"portal-nordwind-example", "projects-helvetia-example"}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("name", GOOD)
def test_every_setting_is_one_the_service_knows(name: str, service: str) -> None:
    """A variable that no settings.py reads would be a slip that nobody sees; a needed one left out stops the start."""
    module = pytest.importorskip(f"{SERVICES[service].package}.settings")
    fields = {f"ATRIUM_{field.upper()}": field for field in module.Settings.model_fields}
    needed = {key for key, field in fields.items() if module.Settings.model_fields[field].is_required()}
    pod = of_kind(name, "Deployment")[f"atrium-{service}-worker"]["spec"]["template"]
    for container in containers(pod):
        given = {variable["name"] for variable in container["env"]}
        assert needed <= given <= fields.keys()


@pytest.mark.parametrize(("name", "protocol"), [("least", "PLAINTEXT"), ("all", "SASL_SSL")])
def test_files_for_kafka_are_mounted_where_they_are_named(name: str, protocol: str) -> None:
    """In every process that is a client of Kafka, the Jobs that make topics among them."""
    clients = 0
    for title, pod in pods(name):
        secrets = {volume["name"] for volume in pod["spec"].get("volumes", []) if "secret" in volume}
        for container in containers(pod):
            told = {variable["name"]: variable.get("value", "") for variable in container.get("env", [])}
            if "ATRIUM_KAFKA_BOOTSTRAP" not in told:
                continue
            clients += 1
            assert told["ATRIUM_KAFKA_SECURITY_PROTOCOL"] == protocol, title
            mounts = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
            files = [value for variable, value in told.items() if re.fullmatch("ATRIUM_KAFKA_.*_FILE", variable)]
            assert len(files) == (4 if protocol == "SASL_SSL" else 0), title
            assert {mounts[str(Path(file).parent)] for file in files} <= secrets, title
    assert clients == len(SERVICES) * (2 * 2 + 1)


def test_a_new_image_makes_new_jobs() -> None:
    """A Job cannot be changed, so an upgrade must not try to."""
    assert not of_kind("least", "Job").keys() & of_kind("all", "Job").keys()


def test_names_fit_however_long_the_release_is() -> None:
    chart = tool()
    release = ["r" * 53, str(chart.CHART), "--kube-version", chart.KUBERNETES]
    result = chart.run("template", *release, "--values", str(CI / "all.yaml"))
    names = [manifest["metadata"]["name"] for manifest in yaml.safe_load_all(result.stdout) if manifest]
    assert names
    assert max(map(len, names)) <= 63


def test_the_schema_knows_every_value() -> None:
    """At every depth; what others define stays open: labels, annotations, and `global` of a chart around this one."""
    schema = json.loads((CI.parent / "values.schema.json").read_text())
    assert open_objects(schema, "") == ["/global"]


def open_objects(schema: Manifest, path: str) -> list[str]:
    found = [path] if schema.get("type") == "object" and schema.get("additionalProperties", True) is True else []
    for group in ("properties", "$defs"):
        for name, inner in schema.get(group, {}).items():
            found += open_objects(inner, f"{path}/{name}")
    return found + (open_objects(schema["items"], f"{path}[]") if "items" in schema else [])


def test_every_refused_set_of_values_is_looked_at() -> None:
    assert {path.stem for path in (CI / "refused").glob("*.yaml")} == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_value_is_refused(name: str) -> None:
    result = tool().template(CI / "refused" / f"{name}.yaml")
    assert result.returncode != 0
    assert REFUSED[name] in result.stderr
