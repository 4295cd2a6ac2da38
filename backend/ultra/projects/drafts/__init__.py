"""Texts for posts, made from releases, to be worked on by people."""
