"""The language before anyone is signed in: what was chosen, the addressee's, the browser's wish, the house's."""

import pytest
from atrium_gateway.pages.languages import before_sign_in, wished
from fastapi import Request


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("en-GB", "en"),
        ("fr-CH, fr;q=0.9, de;q=0.7, en;q=0.8", "en"),
        ("en;q=0.2, DE", "de"),
        ("en;q=0, de;q=0.1", "de"),
        ("fr, it;q=0.5", ""),
        ("*", ""),
        ("de;q=much", ""),
        ("", ""),
    ],
)
def test_a_browser_wishes_for_one_of_ours(header: str, language: str) -> None:
    assert wished(header) == language


@pytest.mark.parametrize(
    ("query", "cookie", "addressee", "wish", "house", "language"),
    [
        ("language=en", "de", "de", "de", "de", "en"),
        ("language=xx", "en", "de", "de", "de", "en"),
        ("", "xx", "de", "en", "en", "de"),
        ("", "", "", "de", "en", "de"),
        ("", "", "", "fr", "de", "de"),
        ("", "", "", "", "", "en"),
    ],
)
def test_what_is_nearer_to_the_person_comes_first(
    query: str, cookie: str, addressee: str, wish: str, house: str, language: str
) -> None:
    headers = [(b"cookie", f"language={cookie}".encode()), (b"accept-language", wish.encode())]
    request = Request({"type": "http", "query_string": query.encode(), "headers": headers})
    assert before_sign_in(request, addressee, house) == language
