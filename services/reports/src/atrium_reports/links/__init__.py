"""Report links: revocable addresses of a report."""
