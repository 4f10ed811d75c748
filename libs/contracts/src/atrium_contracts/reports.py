"""Events of the reports service."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from atrium_contracts.envelope import Audience, EventData, Source

SHARED: frozenset[Audience] = frozenset({"shared"})


class ReportsEvent(EventData):
    SOURCE: ClassVar[Source] = "reports"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED


class ReportChanged(ReportsEvent):
    """Subject `reports/<id>`. The report's definition, not its numbers."""

    NAME: ClassVar[str] = "report_changed"
    report_id: UUID
    project_id: UUID
    title: str
    figures: list[str]


class FiguresChanged(ReportsEvent):
    """Subject `reports/<id>/figures`. Facts under the report's figures have changed; read them again."""

    NAME: ClassVar[str] = "figures_changed"
    report_id: UUID
    project_id: UUID


class ReportLinkChanged(ReportsEvent):
    """Subject `reports/<id>/links/<id>`. Never the token."""

    NAME: ClassVar[str] = "report_link_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    link_id: UUID
    report_id: UUID
    expires_at: datetime
    revoked: bool
