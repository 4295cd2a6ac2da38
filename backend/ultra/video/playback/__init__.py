"""Files on their way out: stream, poster, scrub pictures, download, scenes."""
