"""Mails that the product wrote as files, for people to read and for tests to ask."""
