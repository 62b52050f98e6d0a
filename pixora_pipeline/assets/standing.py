"""How a project stands: its plan, its runs and its maker brought together, for the CLI and for other faces alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, RunsFilter

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.next_run import PROJECT
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.reasons import Reason, reason_of
from pixora_pipeline.assets.recorded import PUBLISHED, address_of
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.value import Value
from pixora_pipeline.model.video_status import VideoResponse
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.planning.records import FILM, Place, Records
from pixora_pipeline.planning.status import Status, status_of
from pixora_pipeline.store.artifacts import Stored
from pixora_pipeline.store.studio_address import media_address


class Published(Value):
    """Where a film is published. `url` plays it, None where no link can be had, as `reason` says.

    `current` is False where the film there is one from before the latest changes.
    """

    destination: str
    url: str | None
    current: bool
    reason: str | None = None


@dataclass(frozen=True)
class Standing:
    """A project as it stands at one moment. `failed` are the places that its latest run failed at, and why."""

    studio: Studio
    project: Project
    plan: Plan
    records: Records
    status: Status
    failed: Mapping[str, str]

    def on_record(self, place: Place) -> Stored | None:
        """The version of a place that is on record, by its sidecar alone."""
        record = self.records.get(place)
        return self.studio.store.peek(address_of(self.project.id, place, record.fingerprint)) if record else None

    @property
    def published(self) -> Published | None:
        """Where its film is published; None where it is not, or not any more."""
        stored = self.on_record(PUBLISHED)
        current = PUBLISHED not in self.plan.places
        return published_at(self.studio, self.project, stored, current=current) if stored else None


def published_at(studio: Studio, project: Project, stored: Stored, *, current: bool) -> Published | None:
    """Where a version of published_video is; None where nothing is published any more."""
    destination = str(stored.sidecar.facts["destination"])
    if project.publish_to is None:
        return None
    try:
        url = studio.destination(destination).link(project.id)
    except PixoraError as error:
        return Published(destination=destination, url=None, current=current, reason=str(error))
    return Published(destination=destination, url=url, current=current)


def look_up(studio: Studio, instance: DagsterInstance, project: Project) -> Standing:
    """How it stands now."""
    plan, records = current_plan(instance, studio, project)
    failed = why_failed(instance, project.id) if plan.steps else None
    at_it = plan.steps and studio.makers.holder(project.id) is not None
    words = failed.words if failed else None
    status = status_of(GRAPH, project, plan, is_begun=bool(records.by_place), under_way=bool(at_it), failed=words)
    return Standing(studio, project, plan, records, status, failed.places if failed else {})


def video_response(standing: Standing) -> VideoResponse:
    """What `/api/v1/videos` answers, and where each field comes from.

    - `video_id`, `created_at`, `original_question`: the row's id, time and text.
    - `status`, `progress`, `message`: the view in `planning.status` over plan and runs; a failure's message is the
      sentence of the first step that failed.
    - `initial_explanation`, `refined_explanation`: the artifacts of those names on record; None until they are made,
      and for films that are no explainers.
    - `s3_url`: the destination's link to what published_video put there; `video_url`: the gateway's link to
      final_video, where nothing is published.

    Of a request, `prompt` becomes the row's text, `model` its preferences' `models.text`, `voice` their `voice`. The
    models and voices of `/api/v1/config` are the catalogue's offers of text and `providers.voices.all_voices()`.
    """
    project, published = standing.project, standing.published
    return VideoResponse(
        video_id=project.id,
        status=standing.status.status,
        message=_sentence(standing.status.words),
        video_url=None if published else _local_link(standing),
        s3_url=published.url if published else None,
        created_at=project.created_at,
        progress=standing.status.progress,
        original_question=project.text,
        initial_explanation=_text(standing, "initial_explanation"),
        refined_explanation=_text(standing, "refined_explanation"),
    )


def why_failed(instance: DagsterInstance, project: str) -> Reason | None:
    """Why the latest run for a project came to nothing; None when it did not."""
    runs = instance.get_runs(RunsFilter(tags={PROJECT: project}), limit=1)
    if not runs or runs[0].status != DagsterRunStatus.FAILURE:
        return None
    kinds = {DagsterEventType.STEP_FAILURE, DagsterEventType.RUN_FAILURE}
    entries = instance.all_logs(runs[0].run_id, of_type=kinds)
    if said := reason_of(entry.dagster_event for entry in entries):
        return said
    return Reason((entries[-1].user_message or entries[-1].message) if entries else "Its run failed.")


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words[:1].upper()}{words[1:]}."


def _local_link(standing: Standing) -> str | None:
    film, studio = standing.on_record(FILM), standing.studio
    return f"{media_address(studio.settings)}/{film.path.relative_to(studio.store.root)}" if film else None


def _text(standing: Standing, artifact: str) -> str | None:
    stored = standing.on_record((artifact, None))
    return stored.path.read_text("utf-8") if stored and stored.is_whole() else None
