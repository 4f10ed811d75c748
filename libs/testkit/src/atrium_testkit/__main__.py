"""The local system by command: `python -m atrium_testkit up|down|reset|build|npm|sign-in|token|topics|provision`."""

import argparse
import asyncio
import json
import os
import sys

from atrium_testkit import console, demo_people, frontend, up
from atrium_testkit.provision import provision
from atrium_testkit.services import SERVICES
from atrium_testkit.topics import create as create_topics


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m atrium_testkit", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("up", help="start everything here")
    start.add_argument("--detach", action="store_true", help="return once ready")
    commands.add_parser("down", help="stop what runs here")
    commands.add_parser("reset", help="stop it and delete the local data")
    commands.add_parser("build", help="bring the pages' assets and translations up to date")
    npm = commands.add_parser("npm", help="npm in the frontend's folder, with a Node that is new enough")
    npm.add_argument("rest", nargs=argparse.REMAINDER)
    for name, text in (("sign-in", "print a fresh one-time sign-in link"), ("token", "print an API token")):
        commands.add_parser(name, help=text).add_argument("person", help="e-mail address")
    topics = commands.add_parser("topics", help="create all topics")
    topics.add_argument("--bootstrap", default=os.environ.get("ATRIUM_KAFKA_BOOTSTRAP", ""), help="host:port")
    databases = commands.add_parser("provision", help="create roles and databases of all services; prints their DSNs")
    databases.add_argument("--admin-dsn", default=os.environ.get("ATRIUM_ADMIN_DSN", ""), help="of a superuser")
    return _run(parser.parse_args())


def _run(asked: argparse.Namespace) -> int:
    match asked.command:
        case "up":
            return up.up_detached() if asked.detach else up.up()
        case "down":
            return up.down()
        case "reset":
            return up.reset()
        case "build":
            frontend.build(console.Progress().tell)
        case "npm":
            return frontend.npm(asked.rest)
        case "topics":
            sys.stdout.write("\n".join(asyncio.run(create_topics(asked.bootstrap))) + "\n")
        case "provision":
            made = {name: asyncio.run(provision(asked.admin_dsn, name)).as_dict() for name in SERVICES}
            sys.stdout.write(json.dumps(made, indent=1) + "\n")
        case command:
            sys.stdout.write(demo_people.gateway_command([command, asked.person], _gateway_environment()))
    return 0


def _gateway_environment() -> dict[str, str]:
    path = up.state_dir() / "environment.json"
    if not up.is_running(up.state_dir()) or not path.exists():
        raise SystemExit("Atrium does not run here: `make up` starts it.")
    environment: dict[str, str] = json.loads(path.read_text())["gateway"]
    return environment


if __name__ == "__main__":
    sys.exit(main())
