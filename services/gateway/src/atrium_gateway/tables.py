"""The metadata that every feature's tables belong to. Migrations, not this, make the schema."""

from sqlalchemy import MetaData

metadata = MetaData()
