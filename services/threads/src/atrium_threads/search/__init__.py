"""Finding conversations."""
