"""What is said about a finished film: where it is, how it went, what it would have cost elsewhere, what to try next."""

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from pixora_pipeline.assets.recorded import PUBLISHED
from pixora_pipeline.assets.standing import published_at
from pixora_pipeline.cli.notices import notices_of
from pixora_pipeline.cli.output import console, duration, money
from pixora_pipeline.cli.session import PREVIEW_FILM, Session
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.prices import Estimate, hosted_estimate
from pixora_pipeline.store.artifacts import Stored


class FilmReport(Value):
    """The film, in facts. Times are in seconds."""

    project: str
    title: str
    film: str
    subtitles: str
    seconds: float
    scenes: int
    made_in: float
    stages: dict[str, float]
    cost_usd: float | None
    hosted_estimate: Estimate
    checks: tuple[Finding, ...]
    notices: tuple[Notice, ...] = ()
    published: str | None = None
    preview: bool = False


def film_report(
    session: Session, project: Project, film: Stored, target: Path, stages: dict[str, float], made_in: float
) -> FilmReport:
    """Gather the facts."""
    records = session.records(project, "script_breakdown", "published_video")
    script = session.stored(project, ("script_breakdown", None), records)
    breakdown = ScriptBreakdown.model_validate_json(script.path.read_bytes())
    return FilmReport(
        project=project.id,
        title=breakdown.title,
        film=str(target),
        subtitles=str(target.with_suffix(".srt")),
        seconds=float(film.sidecar.facts["seconds"]),
        scenes=len(breakdown.scenes),
        made_in=round(made_in, 1),
        stages={stage: round(seconds, 1) for stage, seconds in stages.items()},
        cost_usd=session.studio.spending.of_project(project.id).total,
        hosted_estimate=hosted_estimate(breakdown, project.text),
        checks=(*script.sidecar.findings, *film.sidecar.findings),
        notices=notices_of(session, project, breakdown),
        preview=film.sidecar.artifact == PREVIEW_FILM[0],
        published=_link(session, project, film, session.peek(project, PUBLISHED, records)),
    )


def _link(session: Session, project: Project, film: Stored, published: Stored | None) -> str | None:
    """Where this very film is published, None where it is not."""
    if published is None or published.sidecar.inputs.get("final_video") != film.sidecar.data_version:
        return None
    there = published_at(session.studio, project, published, current=True)
    return there.url if there and there.destination == project.publish_to else None


def tell_film(report: FilmReport) -> None:
    """Say it to people."""
    console.print()
    console.print(f"[bold green]✓[/] [bold]{escape(report.film)}[/]", soft_wrap=True)
    what = ", the preview" if report.preview else ""
    console.print(
        f"  “{escape(report.title)}”{what}: {report.scenes} scenes, {duration(report.seconds)}, subtitles beside it"
    )
    console.print(f"  made in {duration(report.made_in)} for {money(report.cost_usd)}", end="")
    console.print(f"; with hosted models about {money(report.hosted_estimate.total_usd)} ({_shares(report)})")
    if report.published:
        console.print(f"  published: {escape(report.published)}", soft_wrap=True)
    for finding in report.checks:
        mark = "[green]✓[/]" if finding.passed else "[bold red]✗[/]"
        console.print(f"  {mark} {escape(finding.message)}")
    for notice in report.notices:
        console.print(f"  [yellow]![/] {escape(notice.message)}")
    console.print()
    console.print(_next_steps(report))


def _shares(report: FilmReport) -> str:
    return ", ".join(f"{line.what} {money(line.usd)}" for line in report.hosted_estimate.lines)


def _next_steps(report: FilmReport) -> Table:
    table = Table.grid(padding=(0, 3))
    table.add_column(no_wrap=True)  # a command is copied in one piece
    table.add_column()
    table.add_row("  Try next:", "")
    if report.preview:
        table.add_row(f"  [bold]pixora make {report.project}[/]", "the film itself")
    table.add_row(f"  [bold]pixora show {report.project}[/]", "look at it")
    table.add_row(f'  [bold]pixora edit {report.project} --scene 2 --narration "..."[/]', "change one thing")
    table.add_row("  [bold]pixora up[/]", "in the browser")
    return table
