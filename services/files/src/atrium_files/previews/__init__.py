"""What a version looks like, and its words: drawn once, by a process of its own with limits."""
