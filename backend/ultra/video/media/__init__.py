"""Reading files that strangers sent: what they are, what they hold, and how to touch them safely."""
