"""Every line of a service is JSON, whoever wrote it, and shows where something broke without what was sent."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from atrium_chassis.telemetry import configure_logging


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.usefixtures("logging_as_before")
def test_lines_of_libraries_have_the_same_shape(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("files", "INFO")
    structlog.get_logger().info("started", mode="api")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request %s", "received.")
    own, theirs = lines(capsys)
    assert (own["event"], own["mode"]) == ("started", "api")
    assert (theirs["event"], theirs["logger"]) == ("Invalid HTTP request received.", "uvicorn.error")
    for line in (own, theirs):
        assert line["service"] == "files"
        assert {"level", "timestamp"} <= set(line)


@pytest.mark.usefixtures("logging_as_before")
def test_a_librarys_error_shows_its_place_and_not_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("files", "INFO")
    sent = "@".join(("maya.singh", "bluepeak.example"))  # the traceback quotes this file
    try:
        raise ValueError(sent)
    except ValueError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved\nfuture: <%s>", sent)
    (line,) = lines(capsys)
    assert line["event"] == "Task exception was never retrieved"
    assert "test_a_librarys_error" in line["exception"]
    assert line["exception"].endswith("ValueError")
    assert sent not in json.dumps(line)
