"""What the database compares is what pages mark."""

import asyncpg
from atrium_chassis.folding import folded
from atrium_chassis.migration import FOLDED

from .conftest import Ledger

TEXTS = ["Größe der Übersicht", "ÆON Ørsted Łódź", "ﬁle №5 ½", "Москва Йод", "İstanbul", "Cafe\u0301 ẞ", "a\nb\t'\\%_"]


async def test_the_database_folds_as_python_does(ledger: Ledger) -> None:
    connection = await asyncpg.connect(ledger.urls.owner)
    unwanted = connection.transaction()
    await unwanted.start()
    try:
        await connection.execute(FOLDED)
        for text in TEXTS:
            assert await connection.fetchval("SELECT atrium.folded($1)", text) == folded(text)
    finally:
        await unwanted.rollback()
        await connection.close()
