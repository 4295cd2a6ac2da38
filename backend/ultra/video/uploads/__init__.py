"""Bytes on their way in: multipart in one go, or tus in pieces that survive anything."""
