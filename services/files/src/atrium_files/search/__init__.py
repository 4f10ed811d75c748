"""Finding files."""
