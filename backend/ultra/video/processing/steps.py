"""The steps in order, each a call into the media code with what earlier steps found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ultra.video.analysis.decode import Analysis, analyse
from ultra.video.analysis.scenes import SceneList, find_scenes
from ultra.video.media.inspect import inspect
from ultra.video.media.inspection import Inspection
from ultra.video.media.refusal import Refused
from ultra.video.processing.progress import Progress
from ultra.video.renders.package import Package, package
from ultra.video.renders.render import Render, render
from ultra.video.renders.sound import Treatment
from ultra.video.renders.thumbnails import Thumbnails, make_thumbnails
from ultra.video.videos.states import Step

StepOutcome = dict[str, Any] | Refused


@dataclass
class Run:
    """What one run has at hand; `results` holds each finished step's result as JSON."""

    source: Path
    folder: Path
    results: dict[Step, dict[str, Any]]
    progress: Progress
    cancelled: Callable[[], bool]

    def has(self, step: Step) -> bool:
        """Whether an earlier run did the step and its files are on this machine."""
        result = self.results.get(step)
        if result is None:
            return False
        return "folder" not in result or (self.folder / result["folder"]).is_dir()

    @property
    def inspection(self) -> Inspection:
        return Inspection.from_dict(self.results[Step.INSPECT])

    @property
    def analysis(self) -> Analysis:
        return Analysis.from_dict(self.results[Step.ANALYSE])

    @property
    def scenes(self) -> SceneList:
        return SceneList.from_dict(self.results[Step.SCENES])

    @property
    def rendered(self) -> Render:
        return Render.from_dict(self.results[Step.RENDER])

    @property
    def packaged(self) -> Package:
        return Package.from_dict(self.results[Step.PACKAGE])

    @property
    def thumbnails(self) -> Thumbnails:
        return Thumbnails.from_dict(self.results[Step.THUMBNAILS])

    def outputs(self) -> Iterator[tuple[str, Path]]:
        """Everything to keep: its name in storage and where it lies now."""
        packaged, thumbnails = self.packaged, self.thumbnails
        for name in packaged.files:
            yield f"stream/{name}", self.folder / packaged.folder / name
        for name in (thumbnails.poster, thumbnails.sprites, *thumbnails.sheets):
            yield name, self.folder / thumbnails.folder / name

    def summary(self) -> dict[str, Any]:
        """The figures of the finished file that people see."""
        packaged, rendered, analysis = self.packaged, self.rendered, self.analysis
        size = (self.folder / packaged.folder / packaged.download).stat().st_size
        before, sound = analysis.loudness, rendered.sound
        return {
            "size": size,
            "width": rendered.rungs[0].width,
            "height": rendered.rungs[0].height,
            "bitrate": round(size * 8 / packaged.duration),
            "loudness_before": _audible(before.integrated) if before else None,
            "loudness": _audible(sound.loudness.integrated) if sound else None,
            "true_peak": sound.loudness.true_peak if sound else None,
            "scenes": len(self.scenes.scenes),
        }

    def warnings(self) -> list[str]:
        """What the render could not do."""
        match self.rendered.sound and self.rendered.sound.treatment:
            case Treatment.SILENT:
                return ["silent"]
            case Treatment.QUIET:
                return ["too_quiet"]
        return []


def _audible(loudness: float) -> float | None:
    # EBU R 128 knows no figure for silence; the meter answers -70 or lower.
    return loudness if loudness > -70 else None


def _inspect(run: Run) -> StepOutcome:
    found = inspect(run.source, run.folder / "inspect", cancelled=run.cancelled)
    return found if isinstance(found, Refused) else found.to_dict()


def _analyse(run: Run) -> StepOutcome:
    return analyse(
        run.source, run.folder, run.inspection, progress=run.progress, cancelled=run.cancelled
    ).to_dict()


def _find_scenes(run: Run) -> StepOutcome:
    return find_scenes(
        run.folder, run.analysis, progress=run.progress, cancelled=run.cancelled
    ).to_dict()


def _render(run: Run) -> StepOutcome:
    return render(
        run.source,
        run.folder,
        run.inspection,
        run.analysis,
        progress=run.progress,
        cancelled=run.cancelled,
    ).to_dict()


def _package(run: Run) -> StepOutcome:
    return package(
        run.folder, run.analysis, run.rendered, progress=run.progress, cancelled=run.cancelled
    ).to_dict()


def _make_thumbnails(run: Run) -> StepOutcome:
    return make_thumbnails(
        run.folder,
        run.analysis,
        run.rendered,
        run.scenes,
        progress=run.progress,
        cancelled=run.cancelled,
    ).to_dict()


STEPS: dict[Step, Callable[[Run], StepOutcome]] = {
    Step.INSPECT: _inspect,
    Step.ANALYSE: _analyse,
    Step.SCENES: _find_scenes,
    Step.RENDER: _render,
    Step.PACKAGE: _package,
    Step.THUMBNAILS: _make_thumbnails,
}
