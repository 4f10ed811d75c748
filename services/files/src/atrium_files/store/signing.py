"""Addresses that let a browser send or fetch exactly one thing, signed with AWS Signature Version 4.

botocore signs what it is given, the length and checksum of a part included; minio's client would sign the host alone.
https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

#: Sent by browsers by themselves, so a client must not be told to set it.
LENGTH = "content-length"


@dataclass(frozen=True)
class SignedRequest:
    """`headers` are what the client must send, byte by byte, beside those that browsers send by themselves."""

    url: str
    headers: dict[str, str]


@dataclass(frozen=True)
class SignedForm:
    """Fields of a multipart form; the file comes last, as `file`."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Signer:
    """One identity at the store's public address."""

    url: str
    region: str
    bucket: str
    access_key: str
    secret_key: str

    def part(
        self, key: str, multipart_id: str, number: int, *, size: int, checksum: str | None, seconds: int
    ) -> SignedRequest:
        """A PUT of one part of exactly this size and, where given, this SHA-256 (base64)."""
        headers = {LENGTH: str(size)} | ({"x-amz-checksum-sha256": checksum} if checksum else {})
        return self._query("PUT", key, {"partNumber": str(number), "uploadId": multipart_id}, headers, seconds)

    def download(self, key: str, disposition: str, media_type: str, seconds: int) -> str:
        query = {"response-content-disposition": disposition, "response-content-type": media_type}
        return self._query("GET", key, query, {}, seconds).url

    def form(self, key: str, most_bytes: int, seconds: int, redirect: str | None) -> SignedForm:
        """One POST policy: this key, at most so many bytes, then on to `redirect`."""
        fields = {"key": key} | ({"success_action_redirect": redirect} if redirect else {})
        conditions: list[object] = [{"bucket": self.bucket}, ["content-length-range", 0, most_bytes]]
        conditions += [{name: value} for name, value in fields.items()]
        expiration = (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        request = AWSRequest("POST", self._address(""))
        request.context["s3-presign-post-fields"] = fields
        request.context["s3-presign-post-policy"] = {"expiration": expiration, "conditions": conditions}
        S3SigV4PostAuth(self._credentials(), "s3", self.region).add_auth(request)
        return SignedForm(self._address(""), dict(request.context["s3-presign-post-fields"]))

    def _query(
        self, method: str, key: str, query: Mapping[str, str], headers: Mapping[str, str], seconds: int
    ) -> SignedRequest:
        url = f"{self._address(key)}?{urlencode(query, quote_via=quote)}"
        request = AWSRequest(method, url, headers=dict(headers))
        S3SigV4QueryAuth(self._credentials(), "s3", self.region, expires=seconds).add_auth(request)
        return SignedRequest(request.url, {name: value for name, value in headers.items() if name != LENGTH})

    def _address(self, key: str) -> str:
        return f"{self.url.rstrip('/')}/{self.bucket}" + (f"/{quote(key)}" if key else "")

    def _credentials(self) -> Credentials:
        return Credentials(self.access_key, self.secret_key)
