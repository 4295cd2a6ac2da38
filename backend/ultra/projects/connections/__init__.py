"""The grant by which a workspace reads from GitHub; it never signs anybody in."""
