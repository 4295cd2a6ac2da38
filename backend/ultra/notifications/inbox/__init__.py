"""Notifications as people see them: a list, a number of unread ones, a bell that rings."""
