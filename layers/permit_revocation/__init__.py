"""Taking a permit back (thu hồi giấy phép xây dựng): a case of its own, whose subject is the permit."""

from layers.permit_revocation.workflow import WORKFLOW

__all__ = ["WORKFLOW"]
