"""Finding out what happens in a video: one pass over it, then its scenes."""
