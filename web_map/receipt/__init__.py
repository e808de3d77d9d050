"""The receipt of a case as a paper."""

from web_map.receipt.document import receipt_pdf

__all__ = ["receipt_pdf"]
