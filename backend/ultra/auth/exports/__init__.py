"""Taking everything of a workspace along: one file, made in the background, kept for a week."""
