"""Rules as dated data: what holds on a day, from which document, and who held it against the text.

Which rules there are is data of the city: this package names none.
"""

from gis_platform.rules.books import BOOKS, Books, Held
from gis_platform.rules.looking_up import RULES_ON, moment, rule_on, rules_on
from gis_platform.rules.rule import NotLoaded, Rule, RuleBook

__all__ = [
    "BOOKS",
    "RULES_ON",
    "Books",
    "Held",
    "NotLoaded",
    "Rule",
    "RuleBook",
    "moment",
    "rule_on",
    "rules_on",
]
