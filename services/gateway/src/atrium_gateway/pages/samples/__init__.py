"""Sample pages in both demo houses: for `/_components` (development only), for pictures and for tests of the templates."""
