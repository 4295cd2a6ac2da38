"""Turns whatever colours a file has into BT.709 for ordinary screens."""

from ultra.video.media.inspection import TRANSFER_PQ, Inspection

_UNSPECIFIED = 2
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt470", 6: "smpte170m", 7: "smpte240m", 9: "bt2020"}
_HD_HEIGHT = 720


def to_sdr(inspection: Inspection) -> list[str]:
    """Filters that map PQ or HLG to SDR; nothing for a file that is SDR already.

    The reference white is 203 nits (ITU-R BT.2408); `mobius` keeps everything below it unchanged
    and rolls highlights off. `setparams` comes first: without full tags zscale finds no way.
    """
    colour = inspection.colour
    if not colour.is_hdr:
        return []
    transfer = "smpte2084" if colour.transfer == TRANSFER_PQ else "arib-std-b67"
    return [
        f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc",
        "zscale=transfer=linear:npl=203",
        "format=gbrpf32le",
        "zscale=primaries=bt709",
        "tonemap=mobius:desat=0",
        "zscale=transfer=bt709:matrix=bt709:range=tv",
    ]


def source_matrix(inspection: Inspection) -> str:
    """The matrix of the stored picture; untagged files mean by height what televisions mean."""
    matrix = inspection.colour.matrix
    if matrix == _UNSPECIFIED or matrix not in _MATRICES:
        return "bt709" if inspection.coded_height >= _HD_HEIGHT else "smpte170m"
    return _MATRICES[matrix]
