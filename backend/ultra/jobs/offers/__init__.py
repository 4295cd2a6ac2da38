"""Offers: what people may have started by a schedule or a hook."""
