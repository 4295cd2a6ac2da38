"""What every service stands on: database, storage, queues, HTTP, errors."""
