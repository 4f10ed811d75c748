"""Asks a fresh installation what its first visitor would: `helm test`. Says what failed and ends with 1."""

import http.client
import json
import os
import sys

GATEWAY = os.environ["GATEWAY"]
HOST = os.environ["HOST"]
TOKEN = os.environ.get("TOKEN", "")
#: The gateway's answer at a host where nobody lives.
HOUSE_UNKNOWN = 421
#: A part of the home per service behind the gateway; one that is away leaves its part out.
HOME = {"your_turn", "projects", "files", "threads", "requests"}


def ask(path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(GATEWAY, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": HOST, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()


def faults() -> list[str]:
    found = []
    ready, text = ask("/readyz")
    if ready != 200:
        found.append(f"/readyz: {ready} {text}")
    status, page = ask("/sign-in")
    if status != 200 or "<form" not in page:
        hint = "; is the first admin made?" if status == HOUSE_UNKNOWN else ""
        found.append(f"/sign-in of {HOST}: {status}, and a form was expected{hint}")
    if TOKEN:
        status, text = ask("/api/v1/home", Authorization=f"Bearer {TOKEN}")
        missing = HOME - json.loads(text).keys() if status == 200 else HOME
        if missing:
            found.append(f"/api/v1/home: {status}, without {', '.join(sorted(missing))}")
    return found


failed = faults()
sys.stdout.write("\n".join(failed or ["The portal answers."]) + "\n")
sys.exit(1 if failed else 0)
