"""Where a workspace's news go besides its people: webhooks, Slack and Discord channels."""
