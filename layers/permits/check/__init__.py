"""A building as it is meant, held against the parcel, the plans and the rules of the day: line by line."""

from layers.permits.check.answer import check_for
from layers.permits.check.proposal import KINDS, USES, Proposal

__all__ = ["KINDS", "USES", "Proposal", "check_for"]
