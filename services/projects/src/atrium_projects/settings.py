"""The service's settings: those of every service."""

from atrium_chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """Projects needs nothing beyond what every service is told."""
