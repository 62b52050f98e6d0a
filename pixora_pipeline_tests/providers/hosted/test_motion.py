"""Jobs: videos by services, resumed, fetched in the same step and decoded before they are believed."""

from pathlib import Path

import av
import pytest

from pixora_pipeline.model.requests import MotionRequest
from pixora_pipeline.providers.faults import BadOutput, Refused, Unreachable
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers.media import png
from pixora_pipeline_tests.providers.servers.street import KEY, Street

REQUEST = MotionRequest(prompt="The boat rocks.", seconds=5, width=426, height=240)
KLING, VEO = "replicate/kling-v1.6-standard", "gateway/veo3-fast"


@pytest.fixture
def still(tmp_path: Path) -> Path:
    path = tmp_path / "still.png"
    path.write_bytes(png())
    return path


@pytest.mark.parametrize(("model", "frames"), [(KLING, 20), (VEO, 24)])
def test_a_still_becomes_a_video(hired: Engage, order: Order, still: Path, tmp_path: Path, model: str, frames: int):
    facts = hired("motion", model).animate(REQUEST, still, tmp_path / "m.mp4")
    with av.open(str(tmp_path / "m.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == frames == facts.frames
    assert facts.seconds == pytest.approx(frames / 10)
    assert order.cost_usd == pytest.approx(facts.seconds * {KLING: 0.045, VEO: 0.10}[model])


def test_outputs_are_fetched_without_the_key(hired: Engage, street: Street, still: Path, tmp_path: Path) -> None:
    hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")
    assert street.replicate.fetched
    for seen in street.replicate.fetched:
        assert "authorization" not in seen.headers and KEY not in str(seen)


def test_what_is_journaled_names_the_still_and_does_not_hold_it(
    hired: Engage, order: Order, still: Path, tmp_path: Path
) -> None:
    hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")
    (call,) = order.calls.made
    assert len(call.model_dump_json()) < 1500 and call.expected_usd == pytest.approx(5 * 0.045)


def test_half_a_video_is_fetched_again(hired: Engage, street: Street, still: Path, tmp_path: Path) -> None:
    street.replicate.spoiled.append(900)
    assert hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4").frames == 20
    assert len(street.replicate.paid) == 1


def test_a_video_that_stays_half_is_made_again_by_the_next_run(
    hired: Engage, street: Street, still: Path, tmp_path: Path
) -> None:
    street.replicate.spoiled.extend([900, 900])
    with pytest.raises(BadOutput, match="moving picture"):
        hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")
    assert len(street.replicate.paid) == 1
    hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")
    assert len(street.replicate.paid) == 2


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ({"status": "failed", "error": "CUDA out of memory"}, "CUDA out of memory"),
        ({"status": "aborted"}, "aborted"),
        ({"status": "succeeded", "output": None, "data_removed": True}, "removed"),
        ({"status": "succeeded", "output": "file:///etc/passwd"}, "address"),
    ],
)
def test_a_job_that_comes_to_nothing_says_why(
    hired: Engage, street: Street, still: Path, tmp_path: Path, end: dict, words: str
) -> None:
    street.replicate.ends.append(end)
    with pytest.raises(BadOutput, match=words):
        hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")


@pytest.mark.parametrize("model", [KLING, VEO])
def test_moderation_is_a_refusal(hired: Engage, street: Street, still: Path, tmp_path: Path, model: str) -> None:
    street.replicate.ends.append({"status": "failed", "error": "The input was flagged as sensitive (E005)"})
    street.gateway.ends.append({"status": "failed", "error": "PUBLIC_ERROR_UNSAFE: content policy"})
    with pytest.raises(Refused):
        hired("motion", model).animate(REQUEST, still, tmp_path / "m.mp4")


def test_an_output_that_its_host_fails_to_give_can_be_fetched_later(
    hired: Engage, street: Street, still: Path, tmp_path: Path
):
    street.replicate.ends.append({"status": "succeeded", "output": f"{street.root}/replicate/delivery/lost"})
    with pytest.raises(Unreachable, match="output"):
        hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")


def test_a_lost_job_is_found_by_what_it_was_asked(
    hired: Engage, street: Street, order: Order, still: Path, tmp_path: Path
):
    found: list[str] = []
    begun = order.calls.job

    def job(call, submit, look, find=None):
        begun(call, submit, look)
        found.extend(find(street.credential("replicate"), 0.0))
        assert find(street.credential("replicate"), 4e9) == []
        return begun(call, submit, look)

    order.calls.job = job
    hired("motion", KLING).animate(REQUEST, still, tmp_path / "m.mp4")
    assert found == list(street.replicate.predictions)
