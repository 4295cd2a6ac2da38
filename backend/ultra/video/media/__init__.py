"""Files that strangers sent: what they are, what they hold, how to touch them safely."""
