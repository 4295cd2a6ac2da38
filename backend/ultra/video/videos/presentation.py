"""A video as its reader sees it: the row, with sentences in the reader's language."""

from ultra.kit.errors import Language
from ultra.video.videos import sentences
from ultra.video.videos.models import Video
from ultra.video.videos.schemas import Told, VideoRead

TOLD = ("error", "warnings")


def present(video: Video, language: Language) -> VideoRead:
    """The video, its error and its warnings told in this language."""
    plain = {name: getattr(video, name) for name in VideoRead.model_fields if name not in TOLD}
    warnings = [
        Told(code=code, detail=sentences.tell(sentences.WARNINGS, code, language, {}))
        for code in video.warnings
    ]
    error = None
    if video.error_code:
        facts = video.error_facts or {}
        detail = sentences.tell(sentences.ERRORS, video.error_code, language, facts)
        error = Told(code=video.error_code, detail=detail)
    return VideoRead.model_validate({**plain, "error": error, "warnings": warnings})
