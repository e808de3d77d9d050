"""What was asked, and which parcels it means: by place, number, identifier, address, drawing or corners."""

from layers.planning.asking.find import find
from layers.planning.asking.question import Found, Ground, Place, Question, Step, Times

__all__ = ["Found", "Ground", "Place", "Question", "Step", "Times", "find"]
