"""The gateway's calls to the services, and their operations as the public REST API."""
