"""Numbering a whole street or alley in one go: what would change, for whom, and then all of it at once."""

from layers.numbering.reviewing.applying import apply_review
from layers.numbering.reviewing.planning import plan_review

__all__ = ["apply_review", "plan_review"]
