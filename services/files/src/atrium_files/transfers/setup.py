"""What transfers run on, made once from the settings."""

from dataclasses import dataclass
from datetime import timedelta

from atrium_files.settings import Settings
from atrium_files.store.objects import ObjectStore
from atrium_files.store.signing import Signer
from atrium_files.transfers.commands import Limits


@dataclass(frozen=True)
class Transfers:
    store: ObjectStore
    uploads: Signer  # the identity that may only put
    downloads: Signer
    limits: Limits
    upload_seconds: int
    download_seconds: int


def transfers_from(settings: Settings) -> Transfers:
    def signer(access_key: str, secret_key: str) -> Signer:
        return Signer(settings.public_store_url, settings.s3_region, settings.s3_bucket, access_key, secret_key)

    return Transfers(
        store=ObjectStore(
            settings.s3_url, settings.s3_region, settings.s3_bucket, settings.s3_access_key, settings.s3_secret_key
        ),
        uploads=signer(settings.s3_upload_access_key, settings.s3_upload_secret_key),
        downloads=signer(settings.s3_access_key, settings.s3_secret_key),
        limits=Limits(settings.upload_limit, timedelta(hours=settings.upload_deadline_hours)),
        upload_seconds=settings.upload_seconds,
        download_seconds=settings.download_seconds,
    )
