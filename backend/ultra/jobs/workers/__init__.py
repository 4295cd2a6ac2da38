"""Workers and dispatchers that are alive, as they tell in Redis."""
