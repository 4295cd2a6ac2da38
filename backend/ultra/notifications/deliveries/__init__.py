"""Deliveries: one per notification, channel and target, each carried by a job of its own."""
