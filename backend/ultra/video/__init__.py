"""Uploads, videos, their analysis and renders, and how they are played."""
