"""Sample pages in both demo houses: for the style page (development only), for pictures and for tests."""
