"""A file that is not what its name says: told in the caller's language, and not left lying about."""

from pathlib import Path

import pytest

from etl.delivery.intake.uploads import MOST_OF_ONE
from tests.support.draft_desk import DRAFTS, DraftDesk
from tests.support.problems import problem
from tests.support.uploads import UPLOADS

#: What is in the file, its name, and what is told of it.
WRONG = [
    (b"%PDF-1.7\n%\xe2\xe3", "phan-khu.gpkg", "GeoPackage", "tệp PDF", "a PDF"),
    (b"Th\xe1\xbb\xada 12", "phan-khu.geojson", "GeoJSON", "tệp văn bản", "text"),
    (b"AC1027", "ban-ve.dxf", "DXF", "DWG của AutoCAD", "AutoCAD DWG"),
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("content", "name", "form", "vi", "en"), WRONG)
def test_a_file_that_is_not_what_its_name_says_is_told(
    desk: DraftDesk, tmp_path: Path, language: str, content: bytes, name: str, form: str, vi: str, en: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    body = {"upload": desk.upload(file), "name": "Phân khu"}
    told = problem(desk.client.post(DRAFTS, params={"lang": language}, json=body, headers=desk.planner), 422)
    assert name in told["detail"]
    assert form in told["detail"]
    assert (vi if language == "vi" else en) in told["detail"]
    assert ("rồi gửi lại" if language == "vi" else "send it again") in told["detail"]
    assert told["findings"][0]["code"] == "unreadable"
    assert desk.client.get(UPLOADS, headers=desk.planner).json() == []


def test_refused_files_do_not_use_up_the_places_of_their_owner(desk: DraftDesk, tmp_path: Path) -> None:
    file = tmp_path / "phan-khu.gpkg"
    file.write_bytes(b"%PDF-1.7\n")
    for _ in range(MOST_OF_ONE + 1):
        problem(desk.hand_in(file), 422)
    assert desk.get("")["drafts"] == []
    assert not any((desk.settings.data_dir / "drafts").glob("*"))
