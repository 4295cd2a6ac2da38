"""The background steps that turn an original into something to play."""
