"""The lock files are whole: everything is pinned, everything hashed, no address of a download in them."""

import json
import re
import tomllib

from tests.support.clusters import PROJECT

LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")


def test_every_package_of_the_project_is_pinned() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"]["dev"]}
    names = {re.split(r"[\[<>=~! ]", each, maxsplit=1)[0].lower() for each in wanted}
    pinned = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)}
    assert names - pinned == set()


def test_every_pinned_package_has_a_hash() -> None:
    entries = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_build_backend_comes_from_the_lock() -> None:
    assert re.search(r"^setuptools==", LOCK, re.MULTILINE)


def test_no_lock_file_names_a_download_address() -> None:
    assert "://" not in LOCK
    web = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    places = {place: facts for place, facts in web["packages"].items() if place}
    assert [place for place, facts in places.items() if "resolved" in facts] == []
    assert [place for place, facts in places.items() if "integrity" not in facts] == []


def test_front_end_packages_are_pinned_exactly() -> None:
    asked = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [
        name for name, version in asked.items() if not re.search(r"^(npm:.+@)?\d+\.\d+\.\d+$", version)
    ] == []
