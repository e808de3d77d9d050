"""SQL lives in ``.sql`` files beside the module that uses it, and each query is used."""

import re

from tests.support.queries import ROOT, files_of_rooms, named_files


def test_each_file_of_queries_has_its_module() -> None:
    alone = [str(q.file.relative_to(ROOT)) for q in named_files() if not q.file.with_suffix(".py").is_file()]
    assert alone == []


def test_each_query_is_asked_for() -> None:
    """By its name in some module: a query nobody asks for is read, kept and believed for nothing."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in files_of_rooms("*.py"))
    asked = set(re.findall(r"[\"'](\w+)[\"']", code))
    assert [f"{q.file.name}: {name}" for q in named_files() for name in q if name not in asked] == []


def test_no_statement_is_written_in_a_route() -> None:
    verbs = re.compile(r"[\"']\s*(SELECT|INSERT INTO|UPDATE \w|DELETE FROM|WITH \w+ AS)\b")
    found = [
        str(file.relative_to(ROOT))
        for file in files_of_rooms("*.py")
        if file.relative_to(ROOT).parts[0] in ("api", "web_map") and verbs.search(file.read_text("utf-8"))
    ]
    assert found == []
