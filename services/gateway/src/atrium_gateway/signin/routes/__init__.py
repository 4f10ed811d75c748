"""Sign-in by code or link, one's own sessions and API tokens."""

from fastapi import APIRouter

from atrium_gateway.signin.routes import entering, me, sessions, tokens

router = APIRouter()
for part in (entering, me, sessions, tokens):
    router.include_router(part.router)
