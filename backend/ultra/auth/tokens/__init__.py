"""One-time tokens: what the links in our mails carry."""
