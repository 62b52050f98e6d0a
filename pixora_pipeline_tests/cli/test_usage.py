"""A command that was typed wrongly ends with code 2 and one sentence that says what to do."""

import pytest

from pixora_pipeline_tests.cli.keyboard import in_process


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("show", "✗ Missing argument 'PROJECT'. See `pixora show --help`."),
        ("mkae x", "✗ No such command 'mkae'. Did you mean 'make'? See `pixora --help`."),
        ("make x --seconds abc", "✗ --seconds is 'abc'; give a number. See `pixora make --help`."),
        ("edit p --scene=two", "✗ --scene is 'two'; give a whole number. See `pixora edit --help`."),
        ("make x --secnds 3", "✗ No such option: --secnds (Possible options: --aspect, --seconds)."),
    ],
)
def test_a_slip_of_the_keyboard_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str, told: str
) -> None:
    outcome = in_process(capsys, monkeypatch)(*typed.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.told.startswith(told)


def test_no_command_at_all_shows_the_help(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = in_process(capsys, monkeypatch)()
    assert outcome.code == 2 and "make" in outcome.out + outcome.err and "✗" not in outcome.err
