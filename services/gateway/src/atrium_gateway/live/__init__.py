"""Hints to open pages: what changed, never its content."""
