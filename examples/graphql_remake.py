"""Make one scene's picture anew through Dagster's GraphQL, and watch the clip and the film follow.

    .venv/bin/pixora up
    .venv/bin/python examples/graphql_remake.py PROJECT --scene 3

It needs a studio that is open (`pixora up`) and a project whose film is made. It launches what a click on *Materialize*
would, reads the run's log as it is written, over a websocket, and then waits for the film, which the sensor requests.
"""

import argparse
import json
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import urljoin

from websockets.sync.client import connect

NODE = """
query Node($key: AssetKeyInput!) {
  assetNodeOrError(assetKey: $key) {
    ... on AssetNode { jobNames repository { name location { name } } }
  }
}
"""

LAUNCH = """
mutation Launch($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { id } }
    ... on PythonError { message }
    ... on InvalidSubsetError { message }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on PresetNotFoundError { message }
  }
}
"""

LOG = """
subscription Log($run: ID!) {
  pipelineRunLogs(runId: $run) {
    ... on PipelineRunLogsSubscriptionSuccess {
      messages {
        __typename
        ... on MessageEvent { message }
        ... on MaterializationEvent { assetKey { path } partition }
      }
    }
  }
}
"""

LATEST = """
query Latest($key: AssetKeyInput!, $partition: String!) {
  assetNodeOrError(assetKey: $key) {
    ... on AssetNode {
      latestMaterializationByPartition(partitions: [$partition]) {
        timestamp
        metadataEntries { label ... on UrlMetadataEntry { url } }
      }
    }
  }
}
"""


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("project", help="a project's id, such as p-k3jx5qk2aa")
    parser.add_argument("--scene", type=int, default=3)
    parser.add_argument("--artifact", default="scene_image")
    parser.add_argument("--studio", default="http://127.0.0.1:3000")
    asked = parser.parse_args()
    before = film_of(asked.studio, asked.project)[0]
    run = launch(asked.studio, asked.artifact, asked.project, f"s{asked.scene:02}")
    print(f"run {run}: {asked.studio}/runs/{run}")
    if not follow(asked.studio, run):
        sys.exit(f"The run failed; its log is at {asked.studio}/runs/{run}")
    print("waiting for the clip and the film ...")
    print(f"film: {wait_for_film(asked.studio, asked.project, before)}")


def launch(studio: str, artifact: str, project: str, scene: str) -> str:
    """Launch a run that makes the artifact of that scene; its id."""
    node = ask(studio, NODE, key={"path": artifact.split("/")})["assetNodeOrError"]
    if not node:
        sys.exit(f"There is no asset {artifact!r}.")
    repository = node["repository"]
    # The job of this artifact's wave; `__ASSET_JOB` would do as well.
    job = next(name for name in node["jobNames"] if name.startswith("make_"))
    tags = {
        "dagster/partition": f"{project}|{scene}",
        "dagster/partition/project": project,
        "dagster/partition/scene": scene,
    }
    selector = {
        "pipelineName": job,
        "repositoryName": repository["name"],
        "repositoryLocationName": repository["location"]["name"],
        "assetSelection": [{"path": artifact.split("/")}],
    }
    metadata = {"tags": [{"key": name, "value": value} for name, value in tags.items()]}
    params = {"selector": selector, "mode": "default", "executionMetadata": metadata, "runConfigData": {}}
    answer = ask(studio, LAUNCH, params=params)["launchPipelineExecution"]
    if answer["__typename"] != "LaunchRunSuccess":
        sys.exit(f"It can't be launched: {json.dumps(answer)}")
    return answer["run"]["id"]


def follow(studio: str, run: str) -> bool:
    """Print the run's log while it is written; whether the run succeeded."""
    for message in log_of(studio, run):
        kind = message["__typename"]
        if kind == "MaterializationEvent":
            print(f"  made {'/'.join(message['assetKey']['path'])} of {message['partition']}")
        elif kind in ("ExecutionStepFailureEvent", "RunFailureEvent"):
            print(f"  {message['message']}")
        if kind in ("RunSuccessEvent", "RunFailureEvent", "RunCanceledEvent"):
            return kind == "RunSuccessEvent"
    return False


def log_of(studio: str, run: str) -> Iterator[dict]:
    """The messages of a run's log, from its first on, as they come."""
    address = studio.replace("http", "ws", 1) + "/graphql"
    with connect(address, subprotocols=["graphql-ws"]) as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": {}}))
        socket.send(
            json.dumps({"type": "start", "id": "log", "payload": {"query": LOG, "variables": {"run": run}}}),
        )
        for text in socket:
            answer = json.loads(text)
            if answer["type"] == "data":
                yield from answer["payload"]["data"]["pipelineRunLogs"]["messages"]
            elif answer["type"] in ("error", "connection_error"):
                sys.exit(f"The log can't be read: {answer['payload']}")


def wait_for_film(studio: str, project: str, before: float) -> str:
    """Wait for a film younger than that; the link that plays it."""
    while True:
        made, link = film_of(studio, project)
        if made > before:
            return link
        time.sleep(1)


def film_of(studio: str, project: str) -> tuple[float, str]:
    """When the project's latest film was made, in milliseconds, and its link; 0 when there is none."""
    node = ask(studio, LATEST, key={"path": ["final_video"]}, partition=project)["assetNodeOrError"]
    latest = node["latestMaterializationByPartition"][0]
    if latest is None:
        return 0.0, ""
    links = {entry["label"]: entry.get("url") for entry in latest["metadataEntries"]}
    return float(latest["timestamp"]), urljoin(studio, links.get("play") or "")


def ask(studio: str, query: str, **variables: object) -> dict:
    """Send a query and return its data."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"{studio}/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        found = json.loads(answer.read())
    if found.get("errors"):
        sys.exit(f"The studio refused: {found['errors'][0]['message']}")
    return found["data"]


if __name__ == "__main__":
    main()
