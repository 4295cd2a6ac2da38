"""What other services may ask about jobs."""

from ultra.jobs.jobs.presentation import title_of

__all__ = ["title_of"]
