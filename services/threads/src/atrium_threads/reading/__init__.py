"""Who reads a conversation, and how far each person has read."""
