"""Bins that keep every request sent to them: webhooks, Slack and Discord messages."""
