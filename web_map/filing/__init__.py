"""The page on which citizens file, and open what they filed."""

from web_map.filing.routes import add_filing_routes

__all__ = ["add_filing_routes"]
