"""Planning answers: which zones touch a parcel, how much, by which plan, and how old all of it is."""

from layers.planning.answer import answer_for
from layers.planning.find import Question, find_parcels

__all__ = ["Question", "answer_for", "find_parcels"]
