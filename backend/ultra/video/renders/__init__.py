"""Making the files that people watch: rungs, sound, HLS, download, poster, sprites."""
