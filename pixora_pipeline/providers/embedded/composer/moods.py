"""What each mood sounds like: mode, tempo, chords, instruments and patterns, as data."""

from dataclasses import dataclass
from typing import Literal

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.harmony import AEOLIAN, DORIAN, IONIAN, LYDIAN, PHRYGIAN
from pixora_pipeline.providers.embedded.composer.score import Instrument

BassStyle = Literal["held", "walking", "pulsing"]
Figure = Literal["arpeggio", "broken", "rising", "offbeat", "ostinato"]


@dataclass(frozen=True, slots=True)
class MoodStyle:
    """How music in a mood is made.

    `major` says whether its tonic is that of the piece's major key or of the relative minor. `tempo` is in beats a
    minute, `figure_rate` in notes a second. `themes` and `bridges` are progressions of four chords, `cadence` ends a
    piece. `pedal` is the pitch near which a note is held over the bridges; in `heavy` moods strings double the bass.
    `pulse` maps percussion to steps of a sixteenth over one bar of four: `X` loud, `x` soft.
    """

    major: bool
    scale: tuple[int, ...]
    tempo: float
    themes: tuple[str, ...]
    bridges: tuple[str, ...]
    cadence: str
    leads: tuple[Instrument, ...]
    figures: tuple[tuple[Instrument, Figure], ...]
    figure_rate: float
    pads: tuple[Instrument, ...]
    bass: BassStyle
    activity: float
    register: int
    loudness: float
    pulse: tuple[tuple[Instrument, str], ...] = ()
    pedal: int | None = None
    heavy: bool = False


STYLES: dict[Mood, MoodStyle] = {
    "calm": MoodStyle(
        major=True,
        scale=IONIAN,
        tempo=68,
        themes=("Iadd9 vi7 IVmaj7 Vsus4", "Imaj7 iii7 IVadd9 V/3"),
        bridges=("vi7 iii7 IVmaj7 Vsus4", "ii7 vi7 IVadd9 V"),
        cadence="ii7 IVadd9 Iadd9",
        leads=("felt_piano", "celesta"),
        figures=(("felt_piano", "broken"), ("harp", "arpeggio")),
        figure_rate=1.3,
        pads=("strings",),
        bass="held",
        activity=0.4,
        register=74,
        loudness=0.50,
    ),
    "hopeful": MoodStyle(
        major=True,
        scale=IONIAN,
        tempo=84,
        themes=("I V/3 vi IV", "IVadd9 I/3 ii7 V"),
        bridges=("vi IV I/3 V", "ii7 vi IV Vsus4"),
        cadence="IVadd9 V I",
        leads=("felt_piano", "strings"),
        figures=(("felt_piano", "rising"), ("harp", "arpeggio")),
        figure_rate=2.8,
        pads=("strings",),
        bass="walking",
        activity=0.6,
        register=74,
        loudness=0.62,
        pulse=(("low_drum", "x.......x......."), ("shaker", "..x...x...x...x.")),
    ),
    "joyful": MoodStyle(
        major=True,
        scale=IONIAN,
        tempo=106,
        themes=("I IV I/3 V", "I vi7 ii7 V"),
        bridges=("IVadd9 I/3 ii7 V", "vi iii IV V"),
        cadence="ii7 V7 I",
        leads=("marimba", "celesta", "felt_piano"),
        figures=(("pizzicato", "offbeat"), ("marimba", "broken")),
        figure_rate=3.6,
        pads=("strings",),
        bass="walking",
        activity=0.8,
        register=76,
        loudness=0.62,
        pulse=(("frame_drum", "X.......x.x....."), ("shaker", "x.X.x.X.x.X.x.X."), ("tick", "....x.......x...")),
    ),
    "curious": MoodStyle(
        major=True,
        scale=LYDIAN,
        tempo=92,
        themes=("Imaj7 II I/3 iii7", "Iadd9 II vi7 II/3"),
        bridges=("vi7 II iii7 Vmaj7", "iii7 vi7 II Iadd9"),
        cadence="vi7 II Iadd9",
        leads=("celesta", "marimba", "felt_piano"),
        figures=(("pizzicato", "arpeggio"), ("harp", "broken")),
        figure_rate=2.6,
        pads=("strings",),
        bass="walking",
        activity=0.6,
        register=76,
        loudness=0.54,
        pulse=(("tick", "x.....x...x....."), ("shaker", "....x.......x...")),
    ),
    "mysterious": MoodStyle(
        major=False,
        scale=DORIAN,
        tempo=72,
        themes=("iadd9 IV i/3 bVIImaj7", "i7 bIIImaj7 IV iadd9"),
        bridges=("bVImaj7 iv7 i/5 IV", "v7 IV bIII ii7"),
        cadence="bVImaj7 IV iadd9",
        leads=("celesta", "harp"),
        figures=(("harp", "broken"), ("celesta", "arpeggio")),
        figure_rate=1.7,
        pads=("choir", "strings"),
        bass="held",
        activity=0.35,
        register=77,
        loudness=0.48,
        pulse=(("frame_drum", "x.....x........."),),
        pedal=83,
    ),
    "tense": MoodStyle(
        major=False,
        scale=PHRYGIAN,
        tempo=90,
        themes=("i bVImaj7 bII i/5", "i bII iv i/3"),
        bridges=("iv bVI bII Vsus4", "bVImaj7 bII/3 iv V"),
        cadence="bII v i",
        leads=("felt_piano", "strings"),
        figures=(("spiccato", "ostinato"), ("pizzicato", "ostinato")),
        figure_rate=3.2,
        pads=("strings",),
        bass="pulsing",
        activity=0.25,
        register=69,
        loudness=0.58,
        pulse=(("low_drum", "X..x........X..x"), ("tick", "..x...x...x...x.")),
        pedal=80,
        heavy=True,
    ),
    "sad": MoodStyle(
        major=False,
        scale=AEOLIAN,
        tempo=64,
        themes=("iadd9 bVImaj7 bIIIadd9 bVII", "i v/3 bVImaj7 iv7"),
        bridges=("iv7 bVII bIIImaj7 bVImaj7", "bVImaj7 bIII/3 iv7 Vsus4"),
        cadence="iv7 v iadd9",
        leads=("felt_piano", "strings"),
        figures=(("felt_piano", "broken"), ("harp", "arpeggio")),
        figure_rate=1.2,
        pads=("strings",),
        bass="held",
        activity=0.45,
        register=72,
        loudness=0.50,
    ),
    "epic": MoodStyle(
        major=False,
        scale=AEOLIAN,
        tempo=88,
        themes=("i bVI bIII bVII", "i bVII/3 bVI bVII"),
        bridges=("bVI bVII i bIII", "iv bVI bIII V"),
        cadence="bVI bVII I",
        leads=("felt_piano", "strings"),
        figures=(("spiccato", "rising"), ("spiccato", "ostinato")),
        figure_rate=3.4,
        pads=("strings", "choir"),
        bass="pulsing",
        activity=0.5,
        register=72,
        loudness=0.80,
        pulse=(("low_drum", "X.....x.X..x...."), ("frame_drum", "....x..x....x.xx"), ("shaker", "x.x.x.x.x.x.x.x.")),
        heavy=True,
    ),
}
