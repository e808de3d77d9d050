"""What a property can be compared with, from the type of its column."""

from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Float, Integer, Numeric, String
from sqlalchemy import Text as SqlText
from sqlalchemy.types import TypeEngine


class Kind(Enum):
    """A kind of value, with the words for it."""

    TEXT = "a text"
    INTEGER = "a whole number"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    DATE = "a date"
    MOMENT = "a moment"
    GEOMETRY = "a geometry"
    STRUCTURE = "a list or an object"

    @property
    def numeric(self) -> bool:
        """True where it can be counted with."""
        return self in (Kind.INTEGER, Kind.NUMBER)


#: The type each kind of value is bound as.
BOUND: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: SqlText(),
    Kind.INTEGER: BigInteger(),
    Kind.NUMBER: Double(),
    Kind.BOOLEAN: Boolean(),
    Kind.DATE: Date(),
    Kind.MOMENT: DateTime(timezone=True),
}


def kind_of(column_type: TypeEngine[Any]) -> Kind:
    """The kind of a column's values; what is none of the plain ones can only be asked for being there."""
    if isinstance(column_type, Boolean):
        return Kind.BOOLEAN
    if isinstance(column_type, Integer):
        return Kind.INTEGER
    if isinstance(column_type, Float | Numeric):
        return Kind.NUMBER
    if isinstance(column_type, DateTime):
        return Kind.MOMENT
    if isinstance(column_type, Date):
        return Kind.DATE
    return Kind.TEXT if isinstance(column_type, String) else Kind.STRUCTURE
