"""What the service itself does with objects, with its own identity. All methods block: call them in a thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
from minio import Minio, S3Error
from minio.commonconfig import CopySource
from minio.datatypes import Part
from minio.xml import Element, SubElement, getbytes

CHUNK = 1024 * 1024
_GONE = frozenset({"NoSuchKey", "NoSuchUpload", "NoSuchVersion"})
_WRONG_PARTS = frozenset({"InvalidPart", "InvalidPartOrder", "EntityTooSmall", "MalformedXML", "InvalidPartNumber"})


class Missing(Exception):
    """The store has no such object or upload."""


class WrongParts(Exception):
    """The parts named are not those that the store has."""


@dataclass(frozen=True)
class StoredPart:
    number: int
    etag: str
    size: int


@dataclass(frozen=True)
class NamedPart:
    """A part as a completion names it; with its SHA-256 (base64) where the upload was begun with checksums."""

    number: int
    etag: str
    sha256: str | None


@dataclass(frozen=True)
class OpenUpload:
    key: str
    multipart_id: str
    started_at: datetime


class _Client(Minio):
    """minio's client keeps the steps of a multipart upload to itself and subclasses; this names those we take apart."""

    def create_multipart(self, bucket: str, key: str, with_checksums: bool) -> str:
        # Content types are told by downloads, so the object keeps none.
        headers: Any = {"x-amz-checksum-algorithm": "SHA256"} if with_checksums else {}
        return str(self._create_multipart_upload(bucket, key, headers))

    def complete_multipart(self, bucket: str, key: str, multipart_id: str, parts: list[NamedPart]) -> None:
        """As minio's own, which leaves out the checksums that the store then asks for."""
        document = Element("CompleteMultipartUpload")
        for part in parts:
            element = SubElement(document, "Part")
            SubElement(element, "PartNumber", str(part.number))
            SubElement(element, "ETag", f'"{part.etag}"')
            if part.sha256:
                SubElement(element, "ChecksumSHA256", part.sha256)
        response = self._execute(
            "POST",
            bucket,
            key,
            body=getbytes(document),
            headers={"Content-Type": "application/xml"},
            query_params={"uploadId": multipart_id},
        )
        # S3 may answer 200 before it has put the parts together, and tell of a failure in the body.
        if b"<Error>" in response.data:
            raise WrongParts("The store could not put the parts together.")

    def abort_multipart(self, bucket: str, key: str, multipart_id: str) -> None:
        self._abort_multipart_upload(bucket, key, multipart_id)

    def parts(self, bucket: str, key: str, multipart_id: str) -> list[Part]:
        return list(self._list_parts(bucket, key, multipart_id).parts)

    def open_uploads(self, bucket: str) -> list[OpenUpload]:
        """At most 1000, the oldest of which the caller removes before asking again."""
        listed = self._list_multipart_uploads(bucket).uploads
        return [OpenUpload(str(u.object_name), str(u.upload_id), u.initiated_time) for u in listed if u.initiated_time]


class ObjectStore:
    """The bucket of all versions' content."""

    def __init__(self, url: str, region: str, bucket: str, access_key: str, secret_key: str) -> None:
        parts = urlsplit(url)
        self.bucket = bucket
        pool = urllib3.PoolManager(
            maxsize=16, timeout=urllib3.Timeout(connect=3, read=30), retries=urllib3.Retry(2, backoff_factor=0.2)
        )
        self._client = _Client(
            parts.netloc, access_key, secret_key, secure=parts.scheme == "https", region=region, http_client=pool
        )

    def ready(self) -> bool:
        return bool(self._client.bucket_exists(self.bucket))

    def start_upload(self, key: str, *, with_checksums: bool) -> str:
        """The multipart id."""
        return self._client.create_multipart(self.bucket, key, with_checksums)

    def stored_parts(self, key: str, multipart_id: str) -> list[StoredPart]:
        """Raises Missing when the upload is completed or aborted."""
        try:
            parts = self._client.parts(self.bucket, key, multipart_id)
        except S3Error as error:
            raise _translated(error) from error
        return [StoredPart(part.part_number, part.etag.strip('"'), int(part.size or 0)) for part in parts]

    def complete_upload(self, key: str, multipart_id: str, parts: list[NamedPart]) -> None:
        """Completing a completed upload is fine. Raises WrongParts, or Missing when there is nothing."""
        try:
            self._client.complete_multipart(self.bucket, key, multipart_id, parts)
        except S3Error as error:
            if error.code == "NoSuchUpload" and self.size(key) is not None:
                return
            raise _translated(error) from error

    def abort_upload(self, key: str, multipart_id: str) -> None:
        try:
            self._client.abort_multipart(self.bucket, key, multipart_id)
        except S3Error as error:
            if error.code not in _GONE:
                raise

    def open_uploads(self) -> list[OpenUpload]:
        return self._client.open_uploads(self.bucket)

    def size(self, key: str) -> int | None:
        try:
            return int(self._client.stat_object(self.bucket, key).size or 0)
        except S3Error as error:
            if error.code in _GONE:
                return None
            raise

    def copy(self, source: str, key: str) -> None:
        """A copy inside the store, up to 5 GiB. Raises Missing."""
        try:
            self._client.copy_object(self.bucket, key, CopySource(self.bucket, source))
        except S3Error as error:
            raise _translated(error) from error

    def older_objects(self, prefix: str, before: datetime) -> Iterator[str]:
        """Keys under a prefix that were last written before a moment."""
        for found in self._client.list_objects(self.bucket, prefix, recursive=True):
            if found.last_modified is not None and found.last_modified < before and found.object_name:
                yield found.object_name

    def put(self, key: str, path: Path) -> None:
        self._client.fput_object(self.bucket, key, str(path))

    def remove(self, key: str) -> None:
        """The content itself, in a bucket that keeps old versions too. Removing what is gone is fine."""
        for found in self._client.list_objects(self.bucket, key, include_version=True):
            if found.object_name == key:
                self._client.remove_object(self.bucket, key, found.version_id)

    def read(self, key: str) -> Iterator[bytes]:
        """The content in chunks. Raises Missing."""
        try:
            response = self._client.get_object(self.bucket, key)
        except S3Error as error:
            raise _translated(error) from error
        try:
            yield from response.stream(CHUNK)
        finally:
            response.close()
            response.release_conn()


def _translated(error: S3Error) -> Exception:
    if error.code in _GONE:
        return Missing(error.code)
    return WrongParts(error.code) if error.code in _WRONG_PARTS else error
