"""Connectors to other people's systems: each call gives back an outcome, and nothing else happens.

They know the kit alone: no tables, no workspaces, no rules. One folder for each system.
"""
