"""The real backing servers: as child processes from packages, in Docker, or given by the environment."""
