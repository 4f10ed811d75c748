"""A service with one table, to test the chassis with: it counts what it was told."""
