"""Projects as people see them: name, cover, archive, and the videos that they gather."""
