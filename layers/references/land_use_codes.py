"""Land-use codes in force, and what the codes of older lists have become.

In force are the codes of Circular 08/2024/TT-BTNMT, annex II (amended by 23/2025/TT-BNNMT), as the national
system lists them; the annex itself was not read word for word. So every line of the table from old to new is
unverified, and where one old code became several a person decides. Older lists: Circulars 28/2014 and 27/2018
and those before, whose codes still stand on parcels of 2018.
"""

from gis_platform.layer import Codes, Successor, Text
from layers.references.land_uses import land_use_names

#: Names of groups, at times written in place of a code; RSN is in the system's list without a name.
_GROUPS = frozenset({"NNP", "PNN", "OTC", "DSN", "CSK", "SCC", "CCC", "TVC", "CSD", "RSN"})
_ANNUAL, _PERENNIAL, _FISH, _HERITAGE = ("HNK",), ("CLN",), ("NTS",), ("DDD",)
_SERVICES = ("DVH", "DXH", "DYT", "DGD", "DTT", "DKH", "DMT", "DKT", "DNG", "DSK")
_UNCLEAR = Text("Nghĩa của mã cũ chưa tra được.", "What the old code meant was not found.")

#: Old code to today's: all unverified.
OLDER_CODES = {
    "BHK": Successor(codes=_ANNUAL),
    "NHK": Successor(codes=_ANNUAL),
    "LUN": Successor(codes=("LUK",)),
    "COC": Successor(codes=("HNK", "NKH")),
    "LNC": Successor(codes=_PERENNIAL),
    "LNQ": Successor(codes=_PERENNIAL),
    "LNK": Successor(codes=_PERENNIAL),
    "TSL": Successor(codes=_FISH),
    "TSN": Successor(codes=_FISH),
    "DTS": Successor(codes=("TSC", *_SERVICES)),
    "SKT": Successor(codes=("SKK", "SCT")),
    "SKX": Successor(codes=("SKC", "SKS")),
    "DDT": Successor(codes=_HERITAGE),
    "DDL": Successor(codes=_HERITAGE),
    "DSH": Successor(codes=("DKV",)),
    "SMN": Successor(codes=("SON", "MNC")),
    "TTN": Successor(codes=("TON", "TIN")),
    "CTS": Successor(codes=("TSC", *_SERVICES)),
    "CDG": Successor(codes=("TSC", "CQP", "CAN", *_SERVICES, "SKC", "DGT", "DTL")),
    "KĐD": Successor(codes=(), note=_UNCLEAR),
}


def land_use_codes(property_name: str) -> Codes:
    """The lists, for a property that holds such codes."""
    return Codes(property=property_name, known=frozenset(land_use_names()) | _GROUPS, older=OLDER_CODES)
