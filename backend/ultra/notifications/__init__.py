"""Notifications: news of the other services reach people and their programs, each exactly once.

Nouns, each of which may use those before it: `preferences` (what a person wants to hear, where and
when), `inbox` (notifications as people see them), `devices` (browsers that take push messages),
`endpoints` (a workspace's webhooks, Slack and Discord channels), `letters` (how a mail looks),
`channels` (one file per way out), `deliveries` (one per notification and target, each a job),
`news` (from something that happened to everybody who wants to know), `accounts` (to people, of what
happens to their own account).
"""
