"""The mails of sign-in: links that prove an address, and news of what happened to an account."""
