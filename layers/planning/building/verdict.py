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


#: How the sentence of a tier begins, and what stands above it.
LABELS = {
    Tier.ALLOWED: Text("Được xây dựng nhà ở", "A house may be built"),
    Tier.NOT_ALLOWED: Text("Không được xây dựng nhà ở", "A house may not be built"),
    Tier.NOT_ENOUGH_DATA: Text("Chưa đủ dữ liệu để trả lời", "Not enough data to answer"),
}


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
    """``allowed`` is what may be said where no reason speaks against it; ``stale`` is how old the data is.

    The sentence names every reason: one that is only counted cannot be answered.
    """
    # A reason of the tier "allowed" decides nothing and is told beside those that do.
    against = [one for one in reasons if one.tier is Tier.NOT_ALLOWED]
    missing = [one for one in reasons if one.tier is Tier.NOT_ENOUGH_DATA]
    beside = [one for one in reasons if one.tier is Tier.ALLOWED]
    if against:
        age_vi, age_en = (f", {stale.vi}", f", {stale.en}") if stale is not None else ("", "")
        why, also = _joined(against), _joined([*missing, *beside])
        also_vi, also_en = (f"; ngoài ra, {also.vi}", f"; besides, {also.en}") if also.vi else ("", "")
        told = Text(f"{why.vi}{age_vi}{also_vi}", f"{why.en}{age_en}{also_en}")
        return Verdict(Tier.NOT_ALLOWED, _sentence(Tier.NOT_ALLOWED, told), (*against, *missing, *beside))
    if missing:
        both = (*missing, *beside)
        return Verdict(Tier.NOT_ENOUGH_DATA, _sentence(Tier.NOT_ENOUGH_DATA, _joined(both)), both)
    # What roads take is in the sentence of a yes already.
    also = _joined([one for one in beside if one.code != "road"])
    also_vi, also_en = (f"; ngoài ra, {also.vi}", f"; besides, {also.en}") if also.vi else ("", "")
    told = Text(f"{allowed.vi}{also_vi}", f"{allowed.en}{also_en}")
    return Verdict(Tier.ALLOWED, _sentence(Tier.ALLOWED, told), tuple(beside))


def _sentence(tier: Tier, why: Text) -> Text:
    label = LABELS[tier]
    return Text(f"{label.vi}: {why.vi}.", f"{label.en}: {why.en}.")


def verdict_of_all(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several parcels: a yes or a no only where it is the same for each."""
    tiers = {one.tier for one in verdicts}
    if len(verdicts) == 1:
        return verdicts[0]
    count = len(verdicts)
    if tiers == {Tier.ALLOWED}:
        why = Text(f"cả {count} thửa đất, xem từng thửa", f"on all {count} parcels, see each")
        return Verdict(Tier.ALLOWED, _sentence(Tier.ALLOWED, why))
    if tiers == {Tier.NOT_ALLOWED}:
        why = Text(
            f"cả {count} thửa đất đều không được, xem từng thửa", f"on none of {count} parcels, see each"
        )
        return Verdict(Tier.NOT_ALLOWED, _sentence(Tier.NOT_ALLOWED, why))
    why = Text(
        f"{count} thửa đất có kết quả khác nhau hoặc thiếu dữ liệu, xem từng thửa",
        f"the {count} parcels differ or lack data, see each",
    )
    if not verdicts:
        why = Text("không có thửa đất nào", "there is no parcel")
    return Verdict(Tier.NOT_ENOUGH_DATA, _sentence(Tier.NOT_ENOUGH_DATA, why))


def _joined(reasons: Sequence[Reason]) -> Text:
    return Text("; ".join(one.text.vi for one in reasons), "; ".join(one.text.en for one in reasons))
