"""Which parcel a line is of: told in a column of its own where there are several."""

from typing import Any

from web_map.extract.parts import Cell, Column, cell
from web_map.extract.saying import NOTHING, Saying


class Parcels:
    """The parcels of a document by id."""

    def __init__(self, document: dict[str, Any], say: Saying) -> None:
        self.all: list[dict[str, Any]] = document.get("parcels") or []
        self._say = say
        self._by_id = {parcel.get("id"): parcel for parcel in self.all}

    @property
    def several(self) -> bool:
        """Whether a line must say which parcel it is of."""
        return len(self.all) > 1

    def column(self) -> list[Column]:
        """The head of the column, or nothing."""
        return [Column(self._say("parcel.column"), share=None)] if self.several else []

    def cell(self, parcel_id: object) -> list[Cell]:
        """The cell of a line, or nothing."""
        return [self._cell(self._by_id.get(parcel_id) or {})] if self.several else []

    def _cell(self, parcel: dict[str, Any]) -> Cell:
        sheet, number = (parcel.get(key) or NOTHING for key in ("sheet_no", "parcel_no"))
        return cell(self._say("parcel.of_sheet", sheet=sheet), self._say("parcel.of_number", parcel=number))

    def name(self, parcel_id: object) -> str:
        """Sheet and number of a parcel."""
        parcel = self._by_id.get(parcel_id)
        return self._say.parcel(parcel) if parcel else NOTHING
