"""What a person wants to hear of, by which channel, and when not."""
