"""Fixtures for all suites: real backing servers, databases with real migrations, running services."""

pytest_plugins = ["atrium_testkit.fixtures"]
