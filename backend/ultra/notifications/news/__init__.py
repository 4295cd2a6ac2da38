"""From something that happened to everybody who wants to know of it."""
