"""Links lead to the studio that is open, wherever it listens."""

import json
from pathlib import Path

from pixora_pipeline.settings import Settings
from pixora_pipeline.store.studio_address import media_address, studio_open_at


def test_links_lead_to_the_open_studio_and_else_to_the_usual_place(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, webserver_port=4711)
    with studio_open_at(tmp_path, "http://127.0.0.1:9876"):
        assert media_address(settings) == "http://127.0.0.1:9876/media"
    assert media_address(settings) == "http://127.0.0.1:4711/media"
    assert list(tmp_path.iterdir()) == []


def test_a_studio_that_was_killed_is_not_open(tmp_path: Path) -> None:
    with studio_open_at(tmp_path, "http://127.0.0.1:9876"):
        file = tmp_path / "studio.json"
        known = json.loads(file.read_text())
        file.write_text(json.dumps(known | {"holder": known["holder"] + "0"}))
        assert media_address(Settings(home=tmp_path)) == "http://127.0.0.1:3000/media"
        file.write_text("not what was written")
        assert media_address(Settings(home=tmp_path)) == "http://127.0.0.1:3000/media"
