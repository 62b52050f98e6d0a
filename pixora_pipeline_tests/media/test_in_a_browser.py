"""A film plays in Chromium: from start to end, and from any moment that is jumped to, showing the right frame."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline_tests.media.footage_film import make_footage_film
from pixora_pipeline_tests.media.numbered import BITS, BLACK, WHITE

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NEEDED = "PIXORA_TESTS_NEED_A_BROWSER"
"""CI sets it, so that a browser that went missing there is a failure and not a skipped test."""

PATIENCE = 180

PAGE = """<!doctype html><video id=film muted playsinline></video><script>
const jumps = %(jumps)s, film = document.getElementById('film'), told = {numbers: []};
const tell = () => fetch('/told', {method: 'POST', body: JSON.stringify(told)});
const once = (name) => new Promise((done, fail) => {
  film.addEventListener(name, done, {once: true});
  film.addEventListener('error', () => fail(film.error), {once: true});
});
const number = () => {
  const canvas = document.createElement('canvas');
  canvas.width = film.videoWidth; canvas.height = film.videoHeight;
  const brush = canvas.getContext('2d');
  brush.drawImage(film, 0, 0);
  let read = 0;
  for (let bit = 0; bit < %(bits)d; bit++) {
    const pixel = brush.getImageData(canvas.width / 2, (bit + 0.5) * canvas.height / %(bits)d, 1, 1).data;
    if (pixel[1] > %(middle)d) read |= 1 << bit;
  }
  return read;
};
(async () => {
  try {
    film.src = URL.createObjectURL(await (await fetch('/film')).blob());
    await once('loadeddata');
    Object.assign(told, {duration: film.duration, width: film.videoWidth, height: film.videoHeight});
    film.playbackRate = 2;
    const ended = once('ended');
    await film.play();
    await ended;
    told.ended = film.currentTime;
    told.decodedSound = film.webkitAudioDecodedByteCount;
    for (const jump of jumps) {
      const arrived = once('seeked');
      film.currentTime = jump;
      await arrived;
      await new Promise((shown) => { film.requestVideoFrameCallback(shown); setTimeout(shown, 500); });
      told.numbers.push(number());
    }
  } catch (error) { told.error = String(error && error.message || error) }
  tell();
})();
</script>"""


class _Handler(BaseHTTPRequestHandler):
    """Gives out the page and the film, and takes what the page tells."""

    def __init__(self, film: Path, page: str, told: Queue, *given: Any) -> None:
        self.film, self.page, self.told = film, page, told
        super().__init__(*given)

    def do_GET(self) -> None:
        found = {"/": ("text/html", self.page.encode()), "/film": ("video/mp4", self.film.read_bytes())}.get(self.path)
        self.send_response(200 if found else 404)
        kind, body = found or ("text/plain", b"")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the tests speak for themselves."""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and not os.environ.get(NEEDED):
        pytest.skip("No Chromium on this machine: `apt install chromium` lets this test run.")
    assert found, "Chromium is missing, and this machine is meant to have it."
    return found


@contextmanager
def served(film: Path, jumps: list[float], told: Queue) -> Iterator[str]:
    page = PAGE % {"jumps": jumps, "bits": BITS, "middle": (BLACK + WHITE) // 2}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, film, page, told))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def watched(browser: str, film: Path, jumps: list[float], profile: Path) -> dict[str, Any]:
    """What the page tells after it has played the film and looked at those seconds of it."""
    quiet = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    quiet += " --disable-component-update --disable-sync --disable-dev-shm-usage --mute-audio"
    quiet += " --autoplay-policy=no-user-gesture-required"
    told: Queue = Queue()
    with served(film, jumps, told) as address:
        command = [browser, *quiet.split(), f"--user-data-dir={profile}", address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                return told.get(timeout=PATIENCE)
            except Empty:
                process.kill()
                raise AssertionError(f"The browser told nothing: {process.stderr.read()[-2000:]}") from None
            finally:
                process.terminate()


def test_a_film_plays_through_and_jumps_to_the_right_frame(browser: str, tmp_path: Path) -> None:
    film = make_footage_film(tmp_path, FilmFormat(width=180, height=320, fps=30, handle=9))
    frames = [100, 20, film.timeline.scenes[1].start + 9, 33, 64, 90]
    told = watched(browser, film.path, [(at + 0.5) / 30 for at in frames], tmp_path / "profile")
    assert told.get("error") is None
    assert (told["width"], told["height"]) == (180, 320)
    assert told["duration"] == pytest.approx(film.timeline.frames / 30, abs=0.05)
    assert told["ended"] == pytest.approx(told["duration"], abs=0.05)
    assert told["decodedSound"] > 0
    assert told["numbers"] == [film.number(at) for at in frames]


def test_a_film_that_can_not_be_played_is_noticed(browser: str, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"not a film at all" * 1000)
    assert watched(browser, tmp_path / "film.mp4", [], tmp_path / "profile")["error"]
