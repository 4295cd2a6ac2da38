"""The processes of background work: workers that do jobs, and the dispatcher that hands them out."""
