"""Opens a stranger's file with PyAV and measures it; runs only inside a limited child.

Plain dictionaries in and out. Nothing that a header claims is believed where a packet or a decoded
picture can be asked instead.
"""

import math
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.stream import Discard, Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from ultra.video.media.access import VIDEO_CODECS, open_options
from ultra.video.media.refusal import RefusalCode

_MAX_CHAPTERS = 500
_PACKETS_TO_A_PICTURE = 400


class _Refuse(Exception):
    def __init__(self, code: RefusalCode, **params: str | float) -> None:
        super().__init__(code)
        self.answer = {"refused": {"code": code, "params": params}}


def probe(request: dict[str, Any]) -> dict[str, Any]:
    """Return {"inspection": …} or {"refused": {code, params}}."""
    # The caller measures frames and times; libav's own remarks would fill our error output.
    av.logging.set_level(av.logging.PANIC)
    try:
        with av.open(
            f"file:{request['path']}", format=request["demuxer"], options=open_options()
        ) as container:
            return {"inspection": _inspect(container, request)}
    except _Refuse as refusal:
        return refusal.answer
    except av.error.FFmpegError as error:
        return _Refuse(RefusalCode.UNREADABLE, reason=error.strerror or "").answer


def _inspect(container: InputContainer, request: dict[str, Any]) -> dict[str, Any]:
    _check_counts(container, request)
    stream = _real_video(container)
    codec = stream.codec_context
    if codec.width * codec.height > request["max_pixels"]:
        raise _Refuse(RefusalCode.TOO_LARGE_PICTURE, width=codec.width, height=codec.height)
    warnings: list[str] = []
    times, keys = _presentation_times(container, stream, request, warnings)
    pictures = _decode_samples(container, stream, keys, warnings)
    picture = pictures[0]
    container_seconds = (container.duration or 0) / av.time_base
    timing = _timing(stream, times, container_seconds, warnings)
    audio, audio_tracks = _audio(container, warnings)
    container_start = (container.start_time or 0) / av.time_base
    return {
        "size_bytes": request["size_bytes"],
        **timing,
        "start": max(0.0, timing["start"] - container_start),
        **_geometry(stream, picture),
        "video_stream": stream.index,
        "video_codec": codec.name,
        "pixel_format": picture.format.name,
        "colour": _colour(codec, picture),
        "is_interlaced": any(each.interlaced_frame for each in pictures),
        "audio": audio,
        "audio_tracks": audio_tracks,
        "warnings": sorted(set(warnings)),
    }


def _check_counts(container: InputContainer, request: dict[str, Any]) -> None:
    if len(container.streams) > request["max_streams"]:
        raise _Refuse(RefusalCode.TOO_MANY_STREAMS, streams=len(container.streams))
    if len(container.chapters()) > _MAX_CHAPTERS:
        raise _Refuse(RefusalCode.TOO_MANY_STREAMS, chapters=len(container.chapters()))
    # Early, and again after measuring: reading the packets of a day of video takes long.
    if container.duration and container.duration / av.time_base > request["max_seconds"]:
        raise _Refuse(RefusalCode.TOO_LONG, seconds=round(container.duration / av.time_base))


def _real_video(container: InputContainer) -> VideoStream:
    """The stream a player would show: not a cover picture, the marked one, the first."""
    pictures = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    films = [each for each in container.streams.video if not each.disposition & pictures]
    if not films:
        raise _Refuse(RefusalCode.NO_VIDEO_STREAM)
    known = [each for each in films if each.codec_context and each.codec_context.width]
    allowed = [each for each in known if each.codec_context.name in VIDEO_CODECS]
    if not allowed:
        name = known[0].codec_context.name if known else "?"
        raise _Refuse(RefusalCode.CODEC_NOT_ALLOWED, codec=name)
    return min(allowed, key=lambda s: (not s.disposition & Disposition.default, s.index))


def _presentation_times(
    container: InputContainer, stream: VideoStream, request: dict[str, Any], warnings: list[str]
) -> tuple[np.ndarray, list[int]]:
    """Read all packets without decoding; stop when time is up, which very large files need."""
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all
    deadline = time.monotonic() + request["demux_seconds"]
    times: list[int] = []
    keys: list[int] = []
    corrupt = 0
    with suppress(av.error.EOFError):
        for packet in _packets(container, stream, warnings):
            corrupt += packet.is_corrupt
            if packet.is_discard:
                continue
            shown = packet.pts if packet.pts is not None else packet.dts
            if shown is None:
                continue
            times.append(shown)
            if packet.is_keyframe:
                keys.append(shown)
            if not len(times) % 256 and time.monotonic() > deadline:
                warnings.append("duration_estimated")
                break
    if not times:
        raise _Refuse(RefusalCode.NO_VIDEO_STREAM)
    if corrupt:
        warnings.append("bad_packets")
    promised = stream.frames
    if "duration_estimated" not in warnings and promised and len(times) < 0.98 * promised:
        warnings.append("truncated")
    return np.sort(np.asarray(times, dtype=np.int64)), keys


def _packets(
    container: InputContainer, stream: VideoStream, warnings: list[str]
) -> "Iterator[av.Packet[VideoStream]]":
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except av.error.FFmpegError:
            warnings.append("truncated")
            return
        yield packet


def _decode_samples(
    container: InputContainer, stream: VideoStream, keys: list[int], warnings: list[str]
) -> list[VideoFrame]:
    """Decode a picture at the first, the middle and the last key frame."""
    # One picture at a time: more threads would only hold more of them in memory.
    stream.codec_context.thread_count = 1
    wanted = sorted({0, len(keys) // 2, len(keys) - 1}) if keys else [0]
    pictures = []
    for index in wanted:
        picture = _decode_at(container, stream, keys[index] if keys else 0)
        if picture is None:
            warnings.append("bad_packets")
        else:
            pictures.append(picture)
    if not pictures:
        raise _Refuse(RefusalCode.UNREADABLE, reason="no picture decodes")
    return pictures


def _decode_at(container: InputContainer, stream: VideoStream, when: int) -> VideoFrame | None:
    with suppress(av.error.FFmpegError):
        container.seek(when, stream=stream)
        for count, packet in enumerate(container.demux(stream)):
            with suppress(av.error.InvalidDataError):
                for frame in packet.decode():
                    return frame
            if count > _PACKETS_TO_A_PICTURE:
                break
    return None


def _timing(
    stream: VideoStream, times: np.ndarray, container_seconds: float, warnings: list[str]
) -> dict[str, Any]:
    assert stream.time_base is not None
    tick = float(stream.time_base)
    steps = np.diff(times) * tick
    steps = steps[steps > 0]
    rate = float(stream.average_rate or stream.guessed_rate or 25)
    usual = float(np.median(steps)) if steps.size else 1 / rate
    seen = float(times[-1] - times[0]) * tick
    duration = seen + usual
    if "duration_estimated" in warnings:
        duration = max(duration, (stream.duration or 0) * tick or container_seconds)
    if len(times) == 1:
        warnings.append("single_frame")
    odd = np.abs(steps - usual) > max(0.2 * usual, 0.002)
    return {
        "duration": duration,
        "start": float(times[0]) * tick,
        "fps": (len(times) - 1) / seen if seen > 0 else min(rate, 25.0),
        "is_variable": bool(steps.size and odd.mean() > 0.005),
        "frame_count": len(times)
        if "duration_estimated" not in warnings
        else math.ceil(duration / usual),
    }


def _geometry(stream: VideoStream, picture: VideoFrame) -> dict[str, int]:
    """Size as shown: square pixels first, then the turn."""
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    ratio = float(aspect) if aspect and aspect > 0 else 1.0
    if not 1 / 8 <= ratio <= 8:
        ratio = 1.0
    width, height = round(picture.width * ratio), picture.height
    rotation = picture.rotation % 360
    if rotation in (90, 270):
        width, height = height, width
    return {
        "width": width,
        "height": height,
        "coded_width": picture.width,
        "coded_height": picture.height,
        "rotation": rotation,
    }


def _colour(codec: Any, picture: VideoFrame) -> dict[str, Any]:
    return {
        "primaries": int(picture.color_primaries),
        "transfer": int(picture.color_trc),
        "matrix": int(picture.colorspace),
        # yuvj formats are full range without saying so in the tag.
        "is_full_range": int(picture.color_range) == 2 or codec.pix_fmt.startswith("yuvj"),
    }


def _audio(container: InputContainer, warnings: list[str]) -> tuple[dict[str, Any] | None, int]:
    tracks = container.streams.audio
    usable = [
        each
        for each in tracks
        if each.codec_context and each.codec_context.channels and each.codec_context.sample_rate
    ]
    if not usable:
        if tracks:
            warnings.append("audio_unreadable")
        return None, len(tracks)
    chosen = min(usable, key=lambda s: (not s.disposition & Disposition.default, s.index))
    codec = chosen.codec_context
    return {
        "stream": chosen.index,
        "codec": codec.name,
        "channels": codec.channels,
        "sample_rate": codec.sample_rate,
        "language": chosen.language,
    }, len(tracks)
