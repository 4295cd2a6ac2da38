"""The log of each job, written from the notes that the engine leaves in the outbox."""
