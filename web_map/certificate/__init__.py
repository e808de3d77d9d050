"""The certificate of a house number as a paper."""

from web_map.certificate.document import certificate_pdf

__all__ = ["certificate_pdf"]
