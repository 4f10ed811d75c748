"""An export as an answer: the same file for a signed-in reader and for the holder of a link."""

import asyncio
from typing import Literal

from fastapi.responses import Response

from atrium_gateway.exports.printing import Printer
from atrium_gateway.exports.reading import Wanted, csv_of, document_of
from atrium_gateway.exports.sheets import workbook

Kind = Literal["pdf", "xlsx", "csv"]

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


async def exported(wanted: Wanted, kind: Kind) -> Response:
    """Raises the service's Problem; Unavailable where a PDF takes too long."""
    if kind == "csv":
        answer = await csv_of(wanted)
        return Response(
            answer.body, media_type=MEDIA_TYPES[kind], headers=_headers(answer.headers["content-disposition"])
        )
    document, brand, logo = await document_of(wanted)
    if kind == "xlsx":
        made = await asyncio.to_thread(workbook, document)
    else:
        printer: Printer = wanted.request.app.state.printer
        made = await printer.printed(document, brand, logo)
    disposition = f'attachment; filename="{document.file_name}.{kind}"'
    return Response(made, media_type=MEDIA_TYPES[kind], headers=_headers(disposition))


def _headers(disposition: str) -> dict[str, str]:
    return {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
