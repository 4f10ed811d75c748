"""Alembic's entrance; `python -m atrium_projects migrate` calls it."""

from atrium_chassis.migration import run_environment

run_environment()
