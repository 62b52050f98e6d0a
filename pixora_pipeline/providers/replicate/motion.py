"""Motion on Replicate: Kling, which goes on from a still for five or ten seconds."""

import base64
import shutil
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.requests import MotionRequest
from pixora_pipeline.model.results import MovingPicture
from pixora_pipeline.providers.received.video import check_video
from pixora_pipeline.providers.replicate.predictions import Replicate

LENGTHS = (5, 10)
_FILE = "motion.mp4"


class ReplicateAnimator(Replicate):
    """A model on Replicate that makes a video of a still."""

    def animate(self, request: MotionRequest, picture: Path, to: Path) -> MovingPicture:
        """Write an MP4 of five or ten seconds that begins with the picture."""
        seconds = next((length for length in LENGTHS if length >= request.seconds), LENGTHS[-1])
        input: dict[str, JsonValue] = {"prompt": request.prompt, "duration": seconds, "cfg_scale": 0.5}
        still = base64.b64encode(picture.read_bytes()).decode()
        sent = {**input, "start_image": f"data:image/png;base64,{still}"}
        kept = {**input, "start_image": hash_file(picture)}
        told = self.predict("motion", sent, kept, _FILE, check_video, {"seconds": float(seconds)})
        shutil.copyfile(self.order.file(_FILE), to)
        return MovingPicture.model_validate(told)
