"""The reports service needs nothing beyond what every service is told."""

from atrium_chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    pass
