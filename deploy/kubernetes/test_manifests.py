"""The manifests of this folder, checked without a cluster."""

import json
import os
import re
from pathlib import Path
from typing import Any, Iterator

import jsonschema
import kubernetes_validate
import pytest
import yaml

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]

# The newest whose schemas are packaged, and one from more than a year before.
KUBERNETES = ["1.37", "1.33"]
CLOUDNATIVEPG = "postgresql.cnpg.io/v1"


def documents(file: str) -> list[dict[str, Any]]:
    return [document for document in yaml.safe_load_all((HERE / file).read_text()) if document]


KUSTOMIZATION = documents("kustomization.yaml")[0]
MANIFESTS = {
    f"{document['kind']}/{document['metadata']['name']}": document
    for file in KUSTOMIZATION["resources"]
    for document in documents(file)
}
CLUSTERS = {name: manifest for name, manifest in MANIFESTS.items() if manifest["apiVersion"] == CLOUDNATIVEPG}
MEMBERS = MANIFESTS["StatefulSet/member"]
POD = MEMBERS["spec"]["template"]["spec"]
MEMBER = POD["containers"][0]
MIGRATE = POD["initContainers"][0]
SETTINGS = documents("throughline.yaml")[0]
HAZELCAST = documents("hazelcast.yaml")[0]["hazelcast"]
SERVICE = MEMBERS["spec"]["serviceName"]


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("name", [name for name in MANIFESTS if name not in CLUSTERS])
def test_it_is_what_kubernetes_expects(name: str, version: str) -> None:
    kubernetes_validate.validate(MANIFESTS[name], version, strict=True)


def test_an_unknown_field_would_be_noticed() -> None:
    manifest = json.loads(json.dumps(MEMBERS))
    manifest["spec"]["template"]["spec"]["terminationGraceSeconds"] = 1

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifest, KUBERNETES[0], strict=True)


if os.environ.get("CNPG_CRD"):

    @pytest.mark.parametrize("name", CLUSTERS)
    def test_it_is_what_cloudnativepg_expects(name: str) -> None:
        definition = yaml.safe_load(Path(os.environ["CNPG_CRD"]).read_text())
        schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]

        jsonschema.Draft7Validator(closed(schema["properties"]["spec"])).validate(CLUSTERS[name]["spec"])


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """As the API server with strict validation: a field that the schema doesn't name is an error."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
    return schema


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_commit_is_on_two_machines_or_it_waits(name: str) -> None:
    spec = CLUSTERS[name]["spec"]

    assert spec["instances"] == 3
    assert spec["postgresql"]["synchronous"] == {
        "method": "any",
        "number": 1,
        "dataDurability": "required",
        "failoverQuorum": True,
    }
    assert spec["affinity"]["podAntiAffinityType"] == "required"


def test_the_shards_differ_in_their_name_only() -> None:
    first, second = ((HERE / f"shard-{number}.yaml").read_text() for number in (1, 2))

    assert re.sub(r"([Ss])hard([- ])1", r"\1hard\g<2>2", first) == second


def test_every_file_of_this_folder_is_in_use() -> None:
    used = {"kustomization.yaml", *KUSTOMIZATION["resources"], *KUSTOMIZATION["configMapGenerator"][0]["files"]}

    assert used == {file.name for file in HERE.glob("*.yaml")}


def test_hazelcast_yaml_differs_from_the_projects_in_how_members_find_each_other() -> None:
    """A copy, as kustomize takes no file from outside its folder."""
    project = yaml.safe_load((PROJECT / "config" / "hazelcast.yaml").read_text())["hazelcast"]
    join = project["network"]["join"]
    del join["tcp-ip"]
    join |= {"tcp-ip": {"enabled": False}, "kubernetes": {"enabled": True, "service-dns": SERVICE}}
    project["properties"]["hazelcast.wait.seconds.before.join"] = 5

    assert HAZELCAST == project


def test_throughline_yaml_fits_its_schema() -> None:
    schema = json.loads((PROJECT / "config" / "throughline.schema.json").read_text())

    jsonschema.validate(SETTINGS, schema)


def test_throughline_yaml_names_the_clusters() -> None:
    names = [manifest["metadata"]["name"] for manifest in CLUSTERS.values()]

    assert {name: shard["hosts"] for name, shard in SETTINGS["shards"].items()} == {
        name: [f"{name}-rw:5432"] for name in names
    }


@pytest.mark.parametrize("name", CLUSTERS)
def test_its_roles_are_those_of_throughline_yaml(name: str) -> None:
    initdb = CLUSTERS[name]["spec"]["bootstrap"]["initdb"]
    role = CLUSTERS[name]["spec"]["managed"]["roles"][0]

    assert initdb["database"] == SETTINGS["database"].get("name", "throughline")
    assert initdb["owner"] == "throughline_owner"
    assert role["name"] == SETTINGS["database"].get("user", "throughline")
    assert role["inRoles"] == ["pg_read_all_stats"]


def mounted_secret(container: dict, file: Path) -> str:
    volume = next(mount["name"] for mount in container["volumeMounts"] if mount["mountPath"] == str(file.parent))
    secret = next(volume_["secret"] for volume_ in POD["volumes"] if volume_["name"] == volume)
    assert secret["items"] == [{"key": "password", "path": file.name}]
    assert f"`{secret['secretName']}`" in (PROJECT / "docs" / "kubernetes.md").read_text()
    return secret["secretName"]


@pytest.mark.parametrize("container", [MIGRATE, MEMBER], ids=["migrate", "member"])
def test_the_members_password_is_a_mounted_secret(container: dict) -> None:
    assert mounted_secret(container, Path(SETTINGS["database"]["password-file"])) == "throughline-member"


def test_the_owners_password_is_where_tables_are_made_and_nowhere_else() -> None:
    option = next(argument for argument in MIGRATE["command"] if argument.startswith("--password-file="))

    assert mounted_secret(MIGRATE, Path(option.removeprefix("--password-file="))) == "throughline-owner"
    assert "owner-password" not in [mount["name"] for mount in MEMBER["volumeMounts"]]
    assert "migration" not in SETTINGS


def test_no_secret_is_included() -> None:
    assert not [name for name in MANIFESTS if name.startswith("Secret/")]


def test_there_are_as_many_members_as_throughline_yaml_says() -> None:
    assert MEMBERS["spec"]["replicas"] == SETTINGS["members"]


def test_members_find_each_other_before_they_are_ready() -> None:
    service = MANIFESTS[f"Service/{SERVICE}"]["spec"]

    assert service["clusterIP"] == "None"
    assert service["publishNotReadyAddresses"]


def test_every_variable_is_an_option_of_a_member() -> None:
    source = PROJECT / "grid-member" / "src" / "main" / "java" / "io" / "throughline" / "member" / "MemberCommand.java"
    options = set(re.findall(r"\$\{env:(THROUGHLINE_\w+)", source.read_text()))
    given = {variable["name"] for variable in MEMBER["env"] if variable["name"].startswith("THROUGHLINE_")}

    assert given <= options
    assert POD["enableServiceLinks"] is False


def test_a_member_has_the_time_to_leave_in_order() -> None:
    handing_over = HAZELCAST["properties"]["hazelcast.graceful.shutdown.max.wait"]

    assert POD["terminationGracePeriodSeconds"] >= 2 * handing_over + 15


def pod_selectors() -> Iterator[dict[str, str]]:
    yield MEMBERS["spec"]["selector"]["matchLabels"]
    yield MANIFESTS["PodDisruptionBudget/member"]["spec"]["selector"]["matchLabels"]
    yield MANIFESTS["NetworkPolicy/members"]["spec"]["podSelector"]["matchLabels"]
    for name, manifest in MANIFESTS.items():
        if name.startswith("Service/"):
            yield manifest["spec"]["selector"]
    for term in POD["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]:
        yield term["labelSelector"]["matchLabels"]


def test_every_selector_means_the_members() -> None:
    labels = MEMBERS["spec"]["template"]["metadata"]["labels"]

    assert all(selector == labels for selector in pod_selectors())


def test_every_service_leads_to_a_port_of_the_member() -> None:
    ports = {port["name"] for port in MEMBER["ports"]}
    targets = {
        port["targetPort"]
        for name, manifest in MANIFESTS.items()
        if name.startswith("Service/")
        for port in manifest["spec"]["ports"]
    }

    assert targets <= ports
