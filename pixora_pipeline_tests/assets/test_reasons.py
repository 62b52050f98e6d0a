"""Why a run failed is told once, however many artifacts met it."""

from pixora_pipeline.assets.reasons import told_once


def test_what_all_met_is_told_once() -> None:
    full = "The disk is full."
    places = {f"scene_image@s0{number}": full for number in range(1, 6)} | {"music": "It is too loud."}
    assert told_once(places) == [
        "scene_image@s01, scene_image@s02, scene_image@s03 and 2 more: The disk is full.",
        "music: It is too loud.",
    ]
