"""The one door to every service: access, errors, live events, health, the API document."""
