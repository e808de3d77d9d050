"""What the repository points to: no machine's own folders, no download host, and the map asks nobody else."""

import re

from tests.support.queries import files_of_rooms
from tests.support.texts import repository_texts

# Written so that this file does not hold what it looks for.
_WORKPLACE = re.compile(r"(?<![\w.])/(?:wor[k]|home/\w+)/")
_REGISTRY = re.compile(
    r"(?:pyp[i]\.org|pythonhoste[d]\.org|registr[y]\.npmjs|registr[y]\.yarnpkg|prox[y]\.golang)"
)
_HOST = re.compile(r"(?:https?:)?//([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b", re.IGNORECASE)

# The name of the SVG and XHTML languages, not a place that is asked.
_NAMESPACES = {"www.w3.org"}


def test_no_path_of_somebodys_machine() -> None:
    assert [name for name, text in repository_texts() if _WORKPLACE.search(text)] == []


def test_no_package_host() -> None:
    assert [name for name, text in repository_texts() if _REGISTRY.search(text)] == []


def test_the_map_names_no_outside_host() -> None:
    kinds = ("*.py", "*.js", "*.css", "*.html", "*.svg", "*.json")
    named = {
        (str(file), host)
        for kind in kinds
        for file in files_of_rooms(kind)
        if "web_map" in file.parts
        for host in _HOST.findall(file.read_text(encoding="utf-8"))
    }
    assert {pair for pair in named if pair[1] not in _NAMESPACES} == set()
