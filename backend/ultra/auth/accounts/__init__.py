"""Accounts: opening one, getting in by password, keeping it one's own by mail.

It stands above `users`, `sessions` and `tokens` and puts them together; nothing but routes of other
ways to sign in may know it.
"""
