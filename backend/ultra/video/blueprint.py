"""Everything that the video service answers, under /api/video."""

from ultra.video.playback.routes import routes as playback
from ultra.video.uploads.routes import routes as uploads
from ultra.video.videos.routes import routes as videos

ROUTES = [uploads, videos, playback]
