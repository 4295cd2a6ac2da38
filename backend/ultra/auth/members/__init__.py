"""Who belongs to a workspace and as what: switching, roles, leaving, giving away, deleting."""
