"""A labelled set: what instructors say, by what they teach, and what people look for, by what would satisfy them.

The sentences are written the way such videos are spoken: many never name what they show. A query's relevant segments
are those of its labels, decided before anything is searched.
"""

from datetime import UTC, datetime

from pixora_pipeline.footage.moments import moments_of
from pixora_pipeline.model.footage import Line, Moment, SceneDescription, SceneDescriptions, Transcript, VideoSource

SPOKEN: dict[str, tuple[str, ...]] = {
    "neck": (
        "Drop your chin to your chest and roll it slowly over to the right.",
        "Ear towards your shoulder, feel the side of the neck open.",
        "Gentle neck circles now, never force it.",
        "Look over your shoulder as if somebody called you.",
        "The nape of your neck gets long, the crown of the head floats up.",
    ),
    "shoulders": (
        "Roll your shoulders back in big lazy circles.",
        "Shrug the shoulders up to your ears and let them drop.",
        "Swing your arms across your body and open them wide.",
        "Arm circles, small ones first and then as large as you can.",
        "Squeeze your shoulder blades as if you held a pencil there.",
    ),
    "wrists": (
        "Circle your wrists one way and then the other.",
        "Fingers back, press the palm away from you, that is for typing hands.",
        "Shake out your hands and wrists.",
        "Make fists and turn them slowly, the wrists do the work.",
    ),
    "spine": (
        "On all fours, arch your back and look up, then round it like an angry cat.",
        "Cat cow, moving with your breath.",
        "Let each vertebra follow the one before.",
        "Thread the needle, slide your arm under and rest on the shoulder.",
        "Turn your ribs to the left, your hips stay where they are: the spine rotates.",
    ),
    "hips": (
        "Hands on the waist and circle your hips like a hula hoop.",
        "Back knee down, tuck the pelvis: there is your hip flexor stretch.",
        "Swing one leg forward and back, hold on to something.",
        "Soles of the feet together, let your knees fall open like a butterfly.",
        "Pigeon pose, front shin across, sink into the hip.",
    ),
    "ankles": (
        "Circle your foot at the ankle, ten each way.",
        "Ankle rolls, slow and round.",
        "Spread your toes and press them into the floor.",
        "Rise up onto your toes, lower down with control.",
    ),
    "plank": (
        "Come down onto your forearms into a plank.",
        "High plank, hands under the shoulders, and hold it.",
        "Keep your planks honest: hips level, belly tight.",
        "Side plank now, stack your feet, lift the waist.",
        "Tap a shoulder with the other hand, and do not let the plank rock.",
    ),
    "crunch": (
        "Curl up, ribs towards the hips, and roll down again.",
        "Twenty sit ups, anchor your feet if you need to.",
        "Crunches with your hands behind the ears.",
        "Lower your legs as far as your back stays down.",
        "Leg raises, slowly, the tummy does it all.",
    ),
    "deep core": (
        "Lie on your back for the dead bug.",
        "Bird dog: reach the opposite arm and leg long.",
        "Draw your navel in and brace your midsection.",
        "Hollow hold, lower back glued to the floor.",
        "Mountain climbers, drive your knees to the chest.",
    ),
    "squat": (
        "Sit back and down as if there were a chair.",
        "Squats, feet shoulder width apart, weight in your heels.",
        "Pulse at the bottom of the squat.",
        "Slide down the wall and stay there, your thighs will burn.",
        "Air squats, chest lifted, knees over the toes.",
    ),
    "lunge": (
        "Step back into a lunge, front knee over the ankle.",
        "Walking lunges across the room.",
        "Split squat, the back knee kisses the ground.",
        "Lunge to the side and push off again.",
    ),
    "glutes": (
        "Lift your hips into a bridge and squeeze your bottom at the top.",
        "One leg bridge, keep the pelvis level.",
        "Hip thrusts against the sofa, feel your glutes.",
        "Clams on your side, heels together, open the knee with your buttocks.",
    ),
    "hamstrings": (
        "Hinge at the hips, a deadlift without weight.",
        "Reach for your toes and let the head hang.",
        "Fold forward, bend your knees as much as you like.",
        "Straighten one leg and fold over it to stretch the hamstring.",
        "You should feel it along the back of your legs.",
    ),
    "calves": (
        "Press the heel down behind you and feel the calf.",
        "Calf raises on the edge of a step.",
        "Both heels up and slowly down, the lower legs work.",
        "Stretch your calves against the wall.",
    ),
    "push up": (
        "Hands under your shoulders, lower the chest, press up.",
        "Push ups on your knees are push ups too.",
        "Elbows close to the ribs, ten press ups.",
        "Incline pushups with your hands on a bench.",
    ),
    "pull": (
        "Pull your elbows back and squeeze, that is a row.",
        "Bent over rows, back flat like a table.",
        "Hang from the bar and pull until your chin is over it.",
        "Rows with the elastic band around your feet.",
    ),
    "arms": (
        "Biceps curls, do not swing.",
        "Dips on a chair, bend the elbows straight back.",
        "Press the dumbbells above your head.",
        "Straighten your arms behind you, that is your triceps.",
    ),
    "jump": (
        "Star jumps, feet out and in.",
        "Jump squats, land like a cat.",
        "Down to the floor and up with a leap: burpees.",
        "Skipping rope without the rope, light hops.",
        "Jumping jacks to finish, thirty of them.",
    ),
    "cardio": (
        "Run on the spot, pick your knees up.",
        "High knees for twenty seconds, get your heart rate up.",
        "Jab, cross, jab, cross, keep your fists by your chin.",
        "March in place and swing those elbows.",
        "Punch faster, you should be out of breath.",
    ),
    "balance": (
        "Stand on one leg and find a point to look at.",
        "Tree pose, the foot rests on your calf.",
        "If you wobble you are learning balance.",
        "Close your eyes on one leg if you dare.",
    ),
    "yoga": (
        "Downward dog, push the floor away.",
        "Lie on your front and lift the chest into cobra.",
        "Flow through your vinyasa.",
        "Sun salutation from the top of the mat.",
        "Step through to upward dog.",
    ),
    "chest": (
        "Clasp your hands behind you and open your chest.",
        "Doorway stretch, lean in until the chest opens.",
        "Collar bones wide, the front of the body breathes.",
        "A chest opener for all of us who slouch.",
    ),
    "side": (
        "Reach up and over, a long side bend.",
        "Lean to the side, both feet heavy.",
        "Twist and tap the floor beside your hip, obliques on fire.",
        "Russian twist, feet up if you can.",
    ),
    "thighs": (
        "Pull your heel to your seat, knees together.",
        "Quad stretch, hold the wall for balance.",
        "Kneel and lean back until the thighs pull.",
        "Stretch the front of your thigh on each side.",
    ),
    "breath": (
        "A hand on your belly, feel it rise as you inhale.",
        "Breathe in for a count of four, hold, and let it go.",
        "Long exhale through the mouth.",
        "Three deep breaths before we go on.",
        "Let the breath become slow and even.",
    ),
    "rest": (
        "Sit back on your heels into child's pose.",
        "Lie down, savasana, palms up.",
        "Close your eyes and scan your body from head to toe.",
        "Let go of the day, everything is heavy.",
        "Unwind, there is nothing left to do.",
    ),
    "posture": (
        "Sit tall, ears above the shoulders.",
        "For everybody who sits at a desk all day: this undoes the slouch.",
        "Grow upright against the wall, chin slightly in.",
        "Rounded shoulders go back and down.",
    ),
    "kitchen": (
        "Chop the onions as finely as you can.",
        "Simmer the sauce until it thickens.",
        "Fold the egg whites into the batter.",
        "Season the soup with pepper and thyme.",
        "Knead the dough for ten minutes.",
        "Rest the steak before you carve it.",
    ),
    "garden": (
        "Prune the roses just above a bud.",
        "Water the tomatoes in the morning.",
        "Rake the leaves into a heap for compost.",
        "Sow the carrots thinly in rows.",
        "Tie the young tree to a stake.",
    ),
    "travel": (
        "The waterfall drops forty metres into the gorge.",
        "We cross the old bridge into the harbour town.",
        "Sunset over the dunes, the sand turns red.",
        "The ferry runs twice a day to the island.",
        "Snow lies on the pass until June.",
    ),
}

TITLES = ("Studio session", "At home with Ann", "Lunch break", "Part two", "Daily practice")

ASKED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("loosen a stiff neck", ("neck",), ()),
    ("neck mobility for beginners", ("neck",), ()),
    ("relax tight shoulders", ("shoulders",), ()),
    ("warm up the arms with circles", ("shoulders",), ()),
    ("wrist exercises for typing", ("wrists",), ()),
    ("mobilise the hands", ("wrists",), ()),
    ("cat and cow", ("spine",), ()),
    ("mobilise the spine", ("spine",), ()),
    ("gentle back rotation", ("spine", "side"), ()),
    ("open the hips", ("hips",), ()),
    ("hip flexors after sitting", ("hips",), ()),
    ("ankle mobility", ("ankles", "calves"), ()),
    ("feet and toes", ("ankles",), ()),
    ("hold a plank", ("plank",), ()),
    ("front hold on the elbows", ("plank",), ()),
    ("abs workout", ("plank", "crunch", "deep core", "side"), ()),
    ("core strength", ("plank", "crunch", "deep core", "side"), ()),
    ("core without jumping", ("plank", "crunch", "deep core", "side"), ("jumping",)),
    ("situps", ("crunch",), ()),
    ("flat stomach exercises on the floor", ("plank", "crunch", "deep core", "side"), ()),
    ("opposite arm and leg", ("deep core",), ()),
    ("deep abdominal stability", ("deep core", "plank", "crunch"), ()),
    ("how to squat", ("squat", "lunge", "jump"), ("jump squats",)),
    ("wall sit", ("squat",), ()),
    ("leg strength", ("squat", "lunge", "hamstrings", "calves", "glutes"), ("jumping",)),
    ("lunging forwards and backwards", ("lunge", "hips"), ()),
    ("glute bridge", ("glutes",), ()),
    ("firm buttocks", ("glutes", "squat"), ()),
    ("stretch the back of the thighs", ("hamstrings",), ()),
    ("touch your toes", ("hamstrings",), ()),
    ("hip hinge", ("hamstrings",), ()),
    ("tight calves", ("calves", "ankles"), ()),
    ("heel raises", ("calves", "ankles"), ()),
    ("press ups", ("push up",), ()),
    ("pushups for newcomers", ("push up",), ()),
    ("rowing with a resistance band", ("pull",), ()),
    ("upper back strength", ("pull", "spine", "posture", "shoulders"), ()),
    ("chin ups", ("pull",), ()),
    ("dumbbell exercises for the arms", ("arms",), ()),
    ("triceps", ("arms",), ()),
    ("high impact jumps", ("jump",), ()),
    ("plyometrics", ("jump",), ()),
    ("cardio without jumping", ("cardio", "deep core"), ("jumping",)),
    ("boxing", ("cardio",), ()),
    ("get sweaty and raise the pulse", ("cardio", "jump", "deep core"), ()),
    ("running on the spot", ("cardio",), ()),
    ("balance on one foot", ("balance",), ()),
    ("improve stability standing", ("balance", "deep core"), ()),
    ("yoga flow", ("yoga", "balance", "hips", "rest", "spine"), ()),
    ("downward facing dog", ("yoga",), ()),
    ("stretch the chest", ("chest",), ()),
    ("oblique exercises", ("side", "plank"), ()),
    ("stretch the quads", ("thighs",), ()),
    ("breathing exercise to calm down", ("breath", "rest"), ()),
    ("box breathing", ("breath",), ()),
    ("relaxation before sleep", ("rest", "breath"), ()),
    ("cool down on the floor", ("rest", "hamstrings", "thighs", "calves", "breath"), ()),
    ("better posture at the desk", ("posture", "chest"), ()),
    ("chopping vegetables", ("kitchen",), ()),
    ("kneading bread dough", ("kitchen",), ()),
    ("making a soup or sauce", ("kitchen",), ()),
    ("pruning roses", ("garden",), ()),
    ("watering plants", ("garden",), ()),
    ("waterfalls", ("travel",), ()),
    ("sunset in the desert dunes", ("travel",), ()),
)

_PER_SOURCE = 7


def library() -> tuple[list[Moment], dict[str, str]]:
    """Every moment, and the label of each by its id. Each sentence is said in two videos, once with an aside."""
    said = [(label, text) for label, texts in SPOKEN.items() for text in texts]
    said += [(label, f"{_ASIDES[n % len(_ASIDES)]} {text}") for n, (label, text) in enumerate(said)]
    # Dealt round, so that a video's title and neighbours tell nothing about a sentence.
    hands = [said[n :: len(said) // _PER_SOURCE] for n in range(len(said) // _PER_SOURCE)]
    moments, labels = [], {}
    for number, hand in enumerate(hands):
        lines = tuple(Line(start=12.0 * n, end=12.0 * n + 7, text=text) for n, (_, text) in enumerate(hand))
        of = moments_of(_source(number), Transcript(origin="sidecar", lines=lines), SceneDescriptions(scenes=()))
        moments += of
        labels |= {moment.id: label for moment, (label, _) in zip(of, hand, strict=True)}
    return moments, labels


_ASIDES = ("Good.", "Well done, and now:", "Take your time.", "Here we go.", "Last one for today.")


def _source(number: int) -> VideoSource:
    letters = "".join("abcdefghijklmnopqrstuvwxyz234567"[number // 32**place % 32] for place in range(10))
    return VideoSource(
        id=f"v-{letters}", owner="local", name=TITLES[number % len(TITLES)], path="", video="", revision=1,
        created_at=datetime.now(UTC),
    )  # fmt: skip


def scenes_of(look: str) -> SceneDescription:
    """A scene without words, for what a picture alone says."""
    return SceneDescription(start=0, end=8, look=look, words="", brightness=0.5, motion=0.05, colours=())
