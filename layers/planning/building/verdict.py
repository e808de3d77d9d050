"""One sentence on a parcel in three tiers, which never says more than the data.

"Allowed" is said only where nothing is missing: every theme has data, no source is past its cycle, every rule
that governs is loaded, every figure is known. Otherwise the sentence tells what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gis_platform.layer.text import Language, Text


class Tier(StrEnum):
    """What can be said: được, không, chưa đủ dữ liệu."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    NOT_ENOUGH_DATA = "not_enough_data"


#: More reasons than these are counted, not listed: one sentence is read, a paragraph is not.
_LISTED = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a parcel is not allowed, or why that cannot be told; a part of a sentence, without its full
    stop."""

    code: str
    tier: Tier
    text: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """A tier, its sentence, and every reason behind it."""

    tier: Tier
    sentence: Text
    reasons: tuple[Reason, ...] = ()

    def told(self, language: Language) -> dict[str, Any]:
        """As JSON."""
        return {
            "tier": self.tier.value,
            "sentence": self.sentence.in_language(language),
            "reasons": [{"code": one.code, "text": one.text.in_language(language)} for one in self.reasons],
        }


def verdict_of(reasons: Sequence[Reason], allowed: Text, stale: Text | None) -> Verdict:
    """``allowed`` is what may be said where no reason speaks against it; ``stale`` is how old the data is."""
    # A reason of the tier "allowed" decides nothing and is told beside those that do.
    against = [one for one in reasons if one.tier is Tier.NOT_ALLOWED]
    missing = [one for one in reasons if one.tier is Tier.NOT_ENOUGH_DATA]
    beside = [one for one in reasons if one.tier is Tier.ALLOWED]
    if against:
        age_vi, age_en = (f", {stale.vi}", f", {stale.en}") if stale is not None else ("", "")
        why = _joined(against)
        sentence = Text(f"Không: {why.vi}{age_vi}.", f"No: {why.en}{age_en}.")
        return Verdict(Tier.NOT_ALLOWED, sentence, (*against, *missing, *beside))
    if missing:
        why = _joined(missing)
        sentence = Text(f"Chưa đủ dữ liệu để kết luận: {why.vi}.", f"Not enough data to decide: {why.en}.")
        return Verdict(Tier.NOT_ENOUGH_DATA, sentence, (*missing, *beside))
    return Verdict(Tier.ALLOWED, Text(f"Được: {allowed.vi}.", f"Yes: {allowed.en}."), tuple(beside))


def verdict_of_all(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several parcels: a yes or a no only where it is the same for each."""
    tiers = {one.tier for one in verdicts}
    if len(verdicts) == 1:
        return verdicts[0]
    count = len(verdicts)
    if tiers == {Tier.ALLOWED}:
        sentence = Text(f"Được: cả {count} thửa đất, xem từng thửa.", f"Yes: all {count} parcels, see each.")
        return Verdict(Tier.ALLOWED, sentence)
    if tiers == {Tier.NOT_ALLOWED}:
        sentence = Text(
            f"Không: cả {count} thửa đất đều không được, xem từng thửa.",
            f"No: none of {count} parcels, see each.",
        )
        return Verdict(Tier.NOT_ALLOWED, sentence)
    why = Text(
        f"{count} thửa đất có kết quả khác nhau hoặc thiếu dữ liệu, xem từng thửa",
        f"the {count} parcels differ or lack data, see each",
    )
    if not verdicts:
        why = Text("không có thửa đất nào", "there is no parcel")
    sentence = Text(
        f"Chưa đủ dữ liệu để kết luận chung: {why.vi}.", f"Not enough data to decide on all: {why.en}."
    )
    return Verdict(Tier.NOT_ENOUGH_DATA, sentence)


def _joined(reasons: Sequence[Reason]) -> Text:
    listed, more = reasons[:_LISTED], len(reasons) - _LISTED
    vi, en = "; ".join(one.text.vi for one in listed), "; ".join(one.text.en for one in listed)
    if more > 0:
        return Text(f"{vi}; và {more} lý do khác", f"{en}; and {more} more")
    return Text(vi, en)
