"""Conversations about one subject, for one audience."""
