"""Every event there is, by its type."""

from atrium_contracts import accounts, files, projects, reports, threads
from atrium_contracts.envelope import EventData

EVENTS: dict[str, type[EventData]] = {
    model.type(): model
    for model in (
        accounts.CustomerChanged,
        accounts.MembershipChanged,
        accounts.BrandChanged,
        projects.ProjectChanged,
        projects.ItemChanged,
        projects.PublishedItemChanged,
        projects.PublishedItemWithdrawn,
        projects.ApprovalRecorded,
        projects.ApprovalSuperseded,
        projects.RequestChanged,
        projects.WorkflowVersionPublished,
        files.FileChanged,
        files.VersionReady,
        files.VersionRejected,
        files.PreviewSettled,
        threads.ThreadOpened,
        threads.PointChanged,
        threads.MessagePosted,
        reports.ReportChanged,
        reports.FiguresChanged,
        reports.ReportLinkChanged,
    )
}


def event_model(event_type: str) -> type[EventData] | None:
    """The model of an event type; None for one that this version does not know."""
    return EVENTS.get(event_type)
