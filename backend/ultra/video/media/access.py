"""How FFmpeg may open a file of a stranger: the options that every opening carries.

A list of demuxers alone does not help when a demuxer can open further files, and a list of
protocols alone does not stop scripts that name neighbours; together, with the demuxer that we
sniffed forced on top, every known attack ends at the door (see docs/decisions/0012).
"""

from pathlib import Path

from ultra.video.media.sniffing import Container

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf"
PROTOCOLS = "file"

_FILM_CODECS = """
    h264 hevc av1 libdav1d vp8 vp9 theora vc1 wmv1 wmv2 wmv3 flv flv1 vp6 vp6f vp6a
    mpeg4 mpeg2video mpeg1video msmpeg4v1 msmpeg4v2 msmpeg4v3 msmpeg4 h263 h263p svq1 svq3 cinepak
    prores dnxhd cfhd mjpeg dvvideo ffv1 huffyuv ffvhuff utvideo qtrle rawvideo v210
"""
VIDEO_CODECS = frozenset(_FILM_CODECS.split())
"""Decoders of films; those of pictures, texts and games have no business here."""


def open_options() -> dict[str, str]:
    """Options for `av.open`."""
    return {
        "format_whitelist": FORMATS,
        "protocol_whitelist": PROTOCOLS,
        "max_streams": "100",
        "enable_drefs": "0",
    }


def input_arguments(source: Path, container: Container, max_pixels: int) -> list[str]:
    """Arguments for ffmpeg's command line, up to and with `-i`."""
    return [
        *("-protocol_whitelist", PROTOCOLS, "-format_whitelist", FORMATS),
        *("-max_pixels", str(max_pixels), "-max_streams", "100"),
        *("-f", container.demuxer, "-i", f"file:{source.absolute()}"),
    ]
