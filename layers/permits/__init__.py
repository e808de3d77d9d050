"""Construction permits (cấp phép xây dựng): the check of a building, cases, and what comes of them."""

from layers.permits.workflow import WORKFLOW

__all__ = ["WORKFLOW"]
