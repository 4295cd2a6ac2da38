"""Browsers that take push messages, also while the page is closed."""
