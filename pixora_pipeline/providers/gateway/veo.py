"""Veo's tasks: created, queried by id until they have a video's address."""

import shutil
from pathlib import Path
from typing import Any

from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.requests import MotionRequest
from pixora_pipeline.model.results import MovingPicture
from pixora_pipeline.providers.calls import Credential, Job
from pixora_pipeline.providers.faults import BadOutput, Refused
from pixora_pipeline.providers.gateway.client import ask
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.picturing import data_uri
from pixora_pipeline.providers.received.video import check_video

SECONDS = 8.0
"""What Veo makes."""

_FILE = "motion.mp4"
_DONE, _OVER = ("completed", "succeeded", "success"), ("failed", "error", "cancelled", "canceled")
_CONTENT = ("policy", "safety", "sensitive", "moderation", "prohibited", "public_error")


class VeoAnimator(Hosted):
    """Veo behind a gateway."""

    def animate(self, request: MotionRequest, picture: Path, to: Path) -> MovingPicture:
        """Write an MP4 of about eight seconds that begins with the picture."""
        shape = "16:9" if request.width >= request.height else "9:16"
        sent = {"model": self.offer.model, "prompt": request.prompt, "aspect_ratio": shape, "enhance_prompt": False}

        def submit(credential: Credential) -> str:
            task = ask(self, credential, "POST", "/v1/video/create", json={**sent, "images": [data_uri(picture)]})
            if not task.get("id"):
                raise BadOutput(self.offer.provider, "it began a task without telling its id")
            return str(task["id"])

        told = {**sent, "images": [hash_file(picture)]}
        body = self.order.job(self.asked("motion", told, {"seconds": SECONDS}), submit, self._look, files=(_FILE,))
        shutil.copyfile(self.order.file(_FILE), to)
        return MovingPicture.model_validate(body)

    def _look(self, credential: Credential, id: str) -> Job:
        told = ask(self, credential, "GET", "/v1/video/query", params={"id": id})
        state = str(told.get("status", "")).lower()
        if state in _DONE and told.get("video_url"):
            return self._fetched(credential, str(told["video_url"]))
        if state in _OVER or state in _DONE:
            return self._over(told)
        return Job(state="running")

    def _over(self, told: dict[str, Any]) -> Job:
        reason = str(told.get("error") or told.get("message") or "the task failed")
        if any(mark in reason.lower() for mark in _CONTENT):
            raise Refused(self.offer.provider, reason)
        return Job(state="failed", reason=reason)

    def _fetched(self, credential: Credential, address: str) -> Job:
        draft = self.order.file(f"{_FILE}.part")
        try:
            facts = self.fetch_whole(credential, address, draft, check_video)
        except BadOutput as error:
            return Job(state="failed", reason=error.detail)
        draft.replace(self.order.file(_FILE))
        return self.ended(facts.model_dump(mode="json"), {"seconds": facts.seconds})
