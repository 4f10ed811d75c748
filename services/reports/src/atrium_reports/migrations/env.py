"""Alembic's entry; the chassis runs it."""

from atrium_chassis.migration import run_environment

run_environment()
