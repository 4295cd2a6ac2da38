"""Plays other people's systems over real HTTP, so that every channel works without an account.

It holds a mailbox for mails, a catcher for webhooks, Slack and Discord, a push service, Google and
GitHub for signing in, and a receiver of effects that counts in secret for the chaos tests. Whatever
it plays can be told to misbehave. It runs outside production only, on this machine only, and knows
of the product nothing but the kit.
"""
