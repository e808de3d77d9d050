"""A construction permit as a paper."""

from web_map.permit.document import permit_pdf

__all__ = ["permit_pdf"]
