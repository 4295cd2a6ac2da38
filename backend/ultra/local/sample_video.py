"""A small video of our own, drawn by ffmpeg: gold on dark red, four scenes, a tone for each."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

SIZE = "1280x720"
RATE = 30
SCENE_SECONDS = 4
SECONDS_TO_DRAW = 300

RED, DARK, GOLD, CREAM = "0x8B0000", "0x2A0004", "0xFFD700", "0xFFF3C4"

# A golden sun that wanders over dark velvet.
SUN = (
    f"gradients=s={SIZE}:r={RATE}:c0={GOLD}:c1={RED}:c2={DARK}:nb_colors=3:type=radial"
    ":speed=0.02:seed=3"
)
# The game of life, each cell a gold tile.
LIFE = (
    f"life=s=80x45:r={RATE // 2}:ratio=0.2:seed=11:mold=24:life_color={GOLD}:death_color={DARK}"
    f":mold_color={RED},scale={SIZE.replace('x', ':')}:flags=neighbor"
)
FAN = (
    f"gradients=s={SIZE}:r={RATE}:c0={GOLD}:c1={CREAM}:c2={RED}:nb_colors=3:type=spiral"
    ":speed=0.03:seed=8"
)
# A sound, drawn: a chord that comes and goes on a dark stage.
WAVE = (
    "aevalsrc='0.8*abs(sin(t*2.4))*sin(2*PI*t*110)*cos(2*PI*mod(t,1/30)*15)':s=48000"
    f",showwaves=s={SIZE}:mode=cline:draw=full:r={RATE}:colors={GOLD}"
    ",lutrgb='r=max(val,42):b=max(val,4)'"
)
SCENES = (SUN, LIFE, FAN, WAVE)
# Two lines as captions have them; they slide in at the beginning of each scene.
CAPTIONS = (("640x30", 320, 584, 0.3), ("480x22", 400, 628, 0.7))
NOTES = (196.0, 246.94, 293.66, 392.0)


def draw(path: Path) -> None:
    """Write the video to `path` as MP4."""
    inputs: list[str] = []
    for scene in SCENES:
        inputs += ["-f", "lavfi", "-t", str(SCENE_SECONDS), "-i", scene]
    inputs += ["-f", "lavfi", "-i", _sound()]
    for size, *_ in CAPTIONS:
        inputs += ["-f", "lavfi", "-i", f"color=c={CREAM}:s={size}:r={RATE}"]
    count = len(SCENES)
    chains = [f"[{n}:v]fps={RATE},setsar=1,format=yuv420p[scene{n}]" for n in range(count)]
    joined = "".join(f"[scene{n}]" for n in range(count))
    chains.append(f"{joined}concat=n={count}:v=1:a=0[video0]")
    for n, (_, x, y, delay) in enumerate(CAPTIONS):
        place = f"min({x},-700+1900*max(0,mod(t,{SCENE_SECONDS})-{delay}))"
        chains.append(
            f"[video{n}][{count + 1 + n}:v]overlay=x='{place}':y={y}:shortest=1[video{n + 1}]"
        )
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *inputs]
    command += [
        "-filter_complex",
        ";".join(chains),
        "-map",
        f"[video{len(CAPTIONS)}]",
        "-map",
        f"{count}:a",
    ]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-shortest"]
    command += ["-movflags", "+faststart", str(path)]
    subprocess.run(command, check=True, timeout=SECONDS_TO_DRAW, capture_output=True)


def _sound() -> str:
    """A soft chord for each scene, swelling in and out so that no scene begins with a click."""
    place = f"floor(t/{SCENE_SECONDS})"
    root = "+".join(f"{note}*eq({place},{number})" for number, note in enumerate(NOTES))
    swell = f"0.2*sin(PI*mod(t,{SCENE_SECONDS})/{SCENE_SECONDS})"
    tones = f"sin(2*PI*t*({root}))+0.5*sin(2*PI*t*1.5*({root}))+0.3*sin(4*PI*t*({root}))"
    return f"aevalsrc='{swell}*({tones})':s=48000:d={SCENE_SECONDS * len(SCENES)}"
