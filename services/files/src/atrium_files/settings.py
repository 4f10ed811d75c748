"""What the files service is told by its environment, beyond what every service is."""

from atrium_chassis.settings import ServiceSettings
from pydantic import Field

MIB = 1024**2
GIB = 1024**3


class Settings(ServiceSettings):
    s3_url: str = Field(pattern=r"^https?://[^/]+/?$", description="Address of the object store, for this service.")
    s3_public_url: str = Field(
        "", pattern=r"^(https?://[^/]+/?)?$", description="Its address for browsers; empty: the same as s3_url."
    )
    s3_region: str = Field("us-east-1", min_length=1, description="Region that requests are signed for.")
    s3_bucket: str = Field(min_length=3, description="Bucket that holds the content of all versions.")
    s3_access_key: str = Field(min_length=1, description="Identity that reads, completes and removes.")
    s3_secret_key: str = Field(min_length=1, description="Its secret.")
    s3_upload_access_key: str = Field(min_length=1, description="Identity for uploads, which may only put.")
    s3_upload_secret_key: str = Field(min_length=1, description="Its secret.")
    upload_limit: int = Field(5 * GIB, ge=1, le=5 * GIB, description="Largest version, in bytes.")
    upload_seconds: int = Field(900, ge=1, le=900, description="How long a presigned part may be sent.")
    upload_deadline_hours: float = Field(24, gt=0, le=168, description="After this an upload not completed is aborted.")
    download_seconds: int = Field(60, ge=1, le=60, description="How long a presigned download may be started.")
    concurrent_checks: int = Field(2, ge=1, le=32, description="Versions that one worker checks at the same time.")
    concurrent_previews: int = Field(1, ge=1, le=32, description="Previews that one worker makes at the same time.")
    preview_seconds: int = Field(120, ge=1, le=600, description="How long making one preview may take.")
    preview_memory: int = Field(
        768 * MIB, ge=256 * MIB, description="Memory that making one preview may take, in bytes; beside the worker's."
    )

    @property
    def public_store_url(self) -> str:
        return self.s3_public_url or self.s3_url
