"""Jobs: the list, one job with its log, and what may be done to it."""
