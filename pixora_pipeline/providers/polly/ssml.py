"""A narration as SSML: escaped, so that nothing a text says is taken for a command."""

from xml.sax.saxutils import escape


def ssml_of(text: str, speed: float) -> str:
    """The text at that speed."""
    return f'<speak><prosody rate="{round(speed * 100)}%">{escape(text)}</prosody></speak>'
