"""The QR code that leads from the paper to the live receipt."""

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """An SVG of the address; a quarter of it may be soiled or creased and it still reads."""
    file = BytesIO()
    segno.make(address, error="q", micro=False).save(
        file, kind="svg", border=0, xmldecl=False, svgns=True, dark="#2b2722", omitsize=True
    )
    return file.getvalue().decode()
