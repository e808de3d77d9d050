"""The rules for deliveries, by code: what their reports and the pages that show them say."""

from collections.abc import Mapping
from types import MappingProxyType

from gis_platform.quality.agreed import AGREED
from gis_platform.quality.content import CONTENT
from gis_platform.quality.reading import READING
from gis_platform.quality.receiving import RECEIVING
from gis_platform.quality.recognising import RECOGNISING
from gis_platform.quality.rule import Rule, Severity
from gis_platform.quality.shape import SHAPE

#: Every rule there is words for; a fault of another code stands for itself.
RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in (*RECEIVING, *READING, *RECOGNISING, *SHAPE, *CONTENT, *AGREED)}
)

__all__ = ["RULES", "Rule", "Severity"]
