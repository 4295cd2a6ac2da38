"""A push service as browsers have one: takes encrypted messages, checks who sends them."""
