"""A receiver of effects with a hidden count: what the chaos tests measure doubling by."""
