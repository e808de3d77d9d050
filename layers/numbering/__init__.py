"""How houses get numbers: axes, proposals, issuing, reviews, cases; and finding a house by its address."""

from layers.numbering.workflow import WORKFLOW

__all__ = ["WORKFLOW"]
