"""The processes of background work: workers do jobs, the dispatcher hands them out."""
