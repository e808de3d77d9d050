"""Planning answers: which zones touch a parcel, how much, by which plan, and how old all of it is."""

from layers.planning.answer import answer_for
from layers.planning.asking import Found, Ground, Question, Times, find
from layers.planning.kept import CONCERN

__all__ = ["CONCERN", "Found", "Ground", "Question", "Times", "answer_for", "find"]
