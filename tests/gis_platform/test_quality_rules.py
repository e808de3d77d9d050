"""The rules for deliveries: words in both languages that fit each other, each told in the documents."""

import re

import pytest

from gis_platform.quality import RULES, Rule
from tests.support.queries import ROOT

DOCS = (ROOT / "docs" / "deliveries-checks.md").read_text(encoding="utf-8")
CODE = "\n".join(f.read_text(encoding="utf-8") for f in (ROOT / "etl" / "delivery").rglob("*.py"))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_has_words_in_both_languages(rule: Rule) -> None:
    for text in (rule.title, rule.cure, *([rule.told] if rule.told else [])):
        assert text.vi
        assert text.en
        assert text.vi != text.en
    if rule.told is not None:
        assert re.findall(r"%s|\{\w+\}", rule.told.vi) == re.findall(r"%s|\{\w+\}", rule.told.en)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_told_in_the_documents(code: str) -> None:
    assert f"`{code}`" in DOCS


def test_no_code_stands_twice() -> None:
    assert all(code == rule.code for code, rule in RULES.items())


def test_a_check_that_finds_something_has_its_rule() -> None:
    used = re.findall(r"book\.(?:found|found_in_rows|say|note)\(\s*\"(\w+)\"", CODE)
    assert set(used) <= set(RULES)
