"""The OpenAPI 3.0 document: every route of the application, FastAPI's own and the hot paths beside them."""

from api.openapi.document import describe

__all__ = ["describe"]
