"""Workspaces: what owns every row of the product, and who belongs to it."""
