"""Dead letters: jobs that failed or were given up, handled many at once."""
