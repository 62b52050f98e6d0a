"""The finished film taken apart for an editor: its media in a folder, and a timeline that puts them together."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from pixora_pipeline.assets.assembling import SUBTITLES, Laid, filmed_scenes, placed_voices, score_of, wishes_of
from pixora_pipeline.assets.film import laid_film
from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.recorded import address_of
from pixora_pipeline.assets.shots import shot_version, shot_with_handles
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.work import Work
from pixora_pipeline.errors import Conflict, NotFound
from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.results import Speech
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.planning.records import FILM, Place, Records
from pixora_pipeline.store.artifacts import Stored

MEDIA_VERSION = "1"

Put = Callable[[Path, str], Path]
"""Puts a file into the folder of media under a name, and says where it is now."""


def export_timeline(studio: Studio, project: Project, plan: Plan, records: Records, to: Path, put: Put) -> None:
    """Write the timeline of the film as it was made. Raises `NotFound` without a film, `Conflict` with a stale one."""
    from pixora_pipeline.media.open_timeline import EditableFilm, EditableScene, write_timeline

    film = _film(studio, project, plan, records)
    with TemporaryDirectory(prefix="pixora-") as folder:
        work = _work(studio, project, plan, records, Path(folder))
        laid = laid_film(work)
        pictures = _pictures(work, laid)
        music, plain, own = _sounds(work, laid, Path(folder))
        scenes = tuple(
            EditableScene(
                slot=scene.slot,
                title=scene.title,
                picture=put(pictures[scene.slot], f"picture-{number:02}.mp4"),
                voice=put(work.input("voice_over", scene.slot).path, f"voice-{number:02}.wav"),
                voice_samples=round(work.facts("voice_over", Speech, scene.slot).seconds * SAMPLE_RATE),
                volume=scene.volume,
                own_sound=put(own[scene.slot], f"footage-{number:02}.wav") if scene.slot in own else None,
                transition=scene.transition,
            )
            for number, scene in enumerate(laid.timeline.scenes, 1)
        )
        editable = EditableFilm(
            title=laid.timeline.title,
            project=project.id,
            scenes=scenes,
            plan=laid.plan,
            fmt=laid.fmt,
            music=put(music, "music.wav"),
            plain_music=put(plain, "music-unducked.wav"),
            chapters=_chapters(laid),
        )
        for name in SUBTITLES:
            put(film.folder / name, name)
        write_timeline(editable, to)


def _film(studio: Studio, project: Project, plan: Plan, records: Records) -> Stored:
    record = records.get(FILM)
    film = studio.store.find(address_of(project.id, FILM, record.fingerprint)) if record else None
    if film is None:
        raise NotFound(f"Project {project.id} has no film yet. Run `pixora make {project.id}`.")
    if plan.work:
        raise Conflict(f"Project {project.id} has changed since its film was made. Run `pixora make {project.id}`.")
    return film


def _work(studio: Studio, project: Project, plan: Plan, records: Records, folder: Path) -> Work:
    """The film's own work again, as far as it reads what it is made from."""
    recipe = GRAPH[FILM[0]]
    inputs = dict(_inputs(studio, project, plan, records))
    return Work(
        recipe, project, None, inputs, folder, studio.workers, studio.store, records.by_place[FILM].fingerprint,
        lambda: studio.paid_calls, folder, studio,
    )  # fmt: skip


def _inputs(studio: Studio, project: Project, plan: Plan, records: Records) -> Iterator[tuple[Place, Stored]]:
    for place in plan.layout.inputs(GRAPH, GRAPH[FILM[0]], None):
        stored = studio.store.find(address_of(project.id, place, records.by_place[place].fingerprint))
        if stored is None:
            raise Conflict(f"The stored {place[0]} is missing or corrupt. Run `pixora make {project.id}`.")
        yield place, stored


def _pictures(work: Work, laid: Laid) -> dict[str, Path]:
    from pixora_pipeline.media.scene_media import make_scene_media

    fmt = laid.fmt

    def keep(slot: str) -> Path:
        clip, frames = work.input("scene_clip", slot), laid.frames[slot]
        made_from = [MEDIA_VERSION, clip.sidecar.data_version, shot_version(work, slot, frames), fmt.handle]

        def make(to: Path) -> None:
            work.workers.run(make_scene_media, shot_with_handles(work, slot, frames), clip.path, fmt, to)

        return keep_part(work, "scene_media", made_from, "scene.mp4", make).path

    with ThreadPoolExecutor() as threads:
        return dict(zip(laid.frames, threads.map(keep, laid.frames), strict=True))


def _sounds(work: Work, laid: Laid, folder: Path) -> tuple[Path, Path, dict[str, Path]]:
    """The music as it is heard and as it was composed, and what is heard of each filmed scene's own sound."""
    from pixora_pipeline.media.sound import write_background, write_music

    heard, plain, wishes = folder / "music.wav", folder / "plain.wav", wishes_of(work)
    voices, score, frames = placed_voices(work, laid), score_of(work), laid.plan.frames
    for to, wished in ((heard, wishes), (plain, wishes.model_copy(update={"ducking": 0.0}))):
        work.workers.run(write_music, voices, score, frames, laid.fmt, to, wished)
    own = {slot: folder / f"own-{slot}.wav" for slot in filmed_scenes(laid)} if wishes.footage else {}
    work.workers.run(write_background, voices, frames, laid.fmt, list(own.values()), wishes)
    return heard, plain, own


def _chapters(laid: Laid) -> tuple:
    from pixora_pipeline.media.chapters import chapters_of

    return chapters_of(laid.timeline.title, laid.timeline.scenes, laid.plan)
