"""Videos as people see them: title, status, progress, result."""
