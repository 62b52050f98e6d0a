"""A video as clients of `/api/v1/videos` read it."""

from datetime import datetime

from pixora_pipeline.model.project import ProjectStatus
from pixora_pipeline.model.value import Value


class VideoResponse(Value):
    """The answer to both `POST /api/v1/videos` and `GET /api/v1/videos/{video_id}/status`.

    `video_url` is a link on this machine, for films that are not published; `s3_url` is where a published one is.
    """

    video_id: str
    status: ProjectStatus
    message: str
    video_url: str | None
    s3_url: str | None
    created_at: datetime
    progress: int
    original_question: str
    initial_explanation: str | None
    refined_explanation: str | None
