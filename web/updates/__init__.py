"""Updates that the service itself starts: over HTTP, with a token."""
