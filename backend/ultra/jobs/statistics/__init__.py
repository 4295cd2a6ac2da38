"""Statistics: how much is waiting, how late work begins, how much ends."""
