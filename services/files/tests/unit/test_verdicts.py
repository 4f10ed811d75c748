import pytest
from atrium_files.checks.model import Declared, Inspected, judge

SHA = "a" * 64
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ZIP = b"PK\x03\x04" + b"\x14\x00" * 20
WINDOWS = b"MZ\x90\x00" + b"\x00" * 56 + (128).to_bytes(4, "little") + b"\x00" * 64 + b"PE\x00\x00"


def verdict(name: str, media_type: str, head: bytes, guesses: tuple[str, ...] = ()) -> tuple[str | None, str]:
    found = judge(Declared(name, media_type, SHA, len(head)), Inspected(SHA, len(head), head, guesses))
    return found.reason, found.media_type


def test_size_and_hash_must_be_as_declared() -> None:
    declared = Declared("a.pdf", "application/pdf", SHA, 10)
    assert judge(declared, Inspected(SHA, 11, PDF, ())).reason == "size_mismatch"
    assert judge(declared, Inspected("b" * 64, 10, PDF, ())).reason == "hash_mismatch"


def test_a_form_declares_neither_size_nor_hash() -> None:
    assert judge(Declared("a.pdf", "application/pdf", None, None), Inspected(SHA, 10, PDF, ())).reason is None


@pytest.mark.parametrize(
    "head",
    [WINDOWS, b"\x7fELF\x02\x01\x01", b"#!/bin/sh\nrm -rf /", b"\xcf\xfa\xed\xfe\x07", b"\xca\xfe\xba\xbe\x00\x00"],
)
@pytest.mark.parametrize("name", ["setup.exe", "report.pdf", "notes"])
def test_programs_are_forbidden_under_any_name(name: str, head: bytes) -> None:
    assert verdict(name, "application/octet-stream", head)[0] == "type_forbidden"


@pytest.mark.parametrize("name", ["run.BAT", "macro.vbs", "setup.msi", "page.hta", "tool.ps1"])
def test_names_that_start_programs_are_forbidden(name: str) -> None:
    assert verdict(name, "text/plain", b"hello")[0] == "type_forbidden"


@pytest.mark.parametrize(
    ("name", "media_type", "head"),
    [
        ("report.pdf", "application/pdf", b"<html>"),
        ("report.pdf", "application/octet-stream", b"<html>"),
        ("report", "application/pdf", b"hello"),
        ("photo.png", "image/png", b"\xff\xd8\xff\xe0"),
        ("plan.docx", "application/octet-stream", PDF),
        ("notes.txt", "text/plain", PDF),
        ("report.pdf", "application/pdf", b""),
    ],
)
def test_content_that_is_not_what_it_is_called(name: str, media_type: str, head: bytes) -> None:
    assert verdict(name, media_type, head)[0] == "type_mismatch"


@pytest.mark.parametrize(
    ("name", "media_type", "head", "real"),
    [
        ("report.pdf", "application/pdf", PDF, "application/pdf"),
        ("report.PDF", "application/octet-stream", PDF, "application/pdf"),
        ("plan.xlsx", "application/zip", ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("backup.zip", "application/octet-stream", ZIP, "application/zip"),
        ("model.vsdx", "application/octet-stream", ZIP, "application/zip"),
        ("notes.txt", "text/plain", b"MZ is what the paper is called", "text/plain"),
        ("list.csv", "text/csv", b"a;b\n1;2\n", "text/csv"),
        ("page.html", "text/html", b"<!doctype html>", "text/html"),
        ("empty.txt", "text/plain", b"", "text/plain"),
        ("track", "application/octet-stream", b"ID3\x03", "audio/mpeg"),
        ("blob", "application/octet-stream", b"\x01\x02", "application/octet-stream"),
    ],
)
def test_the_real_type_is_kept(name: str, media_type: str, head: bytes, real: str) -> None:
    guesses = ("audio/mpeg",) if head.startswith(b"ID3") else ()
    assert verdict(name, media_type, head, guesses) == (None, real)
