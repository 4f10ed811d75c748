"""Sign-in by code or link, one's own sessions and API tokens."""

from atrium_gateway.signin.routes import entering, me, sessions, tokens

routers = [part.router for part in (entering, me, sessions, tokens)]
