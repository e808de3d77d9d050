"""From an upload to a proposal over HTTP alone, read anew where the columns are not known."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.delivered import parcels
from tests.support.desk import Desk
from tests.support.problems import problem
from tests.support.uploads import begin


def test_an_upload_becomes_a_proposal(desk: Desk) -> None:
    upload = desk.upload(parcels(6, "7").with_column("address", "đường Tết Mậu Thân"))
    asked = {"upload": upload, "layer": "parcels", "source_date": "2021-05-01", "sender": "Tổ đo đạc"}
    answer = desk.post("", asked)
    assert answer.status_code == 202, answer.text
    number = answer.json()["id"]
    assert answer.headers["location"].endswith(f"/api/deliveries/{number}")
    told = desk.until(number, "ready")
    assert told["counts"]["changed_attributes"] == 6
    assert (told["received_by"], told["sender"]) == ("demo-steward", "Tổ đo đạc")
    assert ("demo-steward", "delivery.received") in desk.audited(number)
    problem(desk.post("", asked), 404, "upload")


def test_the_very_same_file_is_recognised(desk: Desk) -> None:
    sample = parcels(6, "7").with_column("address", "đường Rạch Gầm")
    first = desk.upload(sample)
    content = (desk.folder / f"u{desk.made}.gpkg").read_bytes()
    asked = {"layer": "parcels", "source_date": "2021-06-01"}
    number = desk.post("", {"upload": first, **asked}).json()["id"]
    begun = begin(desk.client, desk.steward, len(content), "again.gpkg")
    place = "/api/" + begun.headers["location"].partition("/api/")[2]
    headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    desk.client.patch(place, content=content, headers=desk.steward | headers)
    told = problem(desk.post("", {"upload": place.rpartition("/")[2], **asked}), 409)
    assert told["delivery"] == number
    assert desk.client.delete(place, headers=desk.steward).status_code == 204


def test_columns_that_nobody_knows_are_asked_for(desk: Desk) -> None:
    sample = parcels(6, "7")
    columns = {("ten_la" if name == "sheet_no" else name): held for name, held in sample.columns.items()}
    odd = type(sample)(columns, sample.shapes)
    asked = {"upload": desk.upload(odd), "layer": "parcels", "source_date": "2021-07-01", "source": "đo đạc"}
    number = desk.post("", asked).json()["id"]
    told = desk.until(number, "refused")
    assert {"missing_column", "unknown_column"} <= {finding["code"] for finding in told["findings"]}
    assert "ten_la" in {column["column"] for column in desk.get(f"/{number}/proposal")["columns"]}
    said = {"columns": {"sheet_no": "ten_la"}, "remember": True}
    assert desk.post(f"/{number}/mapping", said).status_code == 202
    told = desk.until(number, "ready", "failed")
    assert told["status"] == "ready", told["decision_note"]
    assert told["read_as"]["columns"]["sheet_no"] == "ten_la"
    # The next file of that source is read so by itself.
    odd = odd.with_column("address", "đường Thủ Khoa Huân")
    asked = {"upload": desk.upload(odd), "layer": "parcels", "source_date": "2021-08-01", "source": "đo đạc"}
    told = desk.until(desk.post("", asked).json()["id"], "ready", "refused")
    assert told["status"] == "ready", told["findings"]


@pytest.mark.parametrize(
    ("more", "parameter"),
    [
        ({"layer": "nothing"}, "layer"),
        ({"source_date": (datetime.now(UTC) + timedelta(days=2)).date().isoformat()}, "source_date"),
        ({"source_date": "01/05/2021"}, "source_date"),
        ({"scope": ["address"]}, "scope"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_named(desk: Desk, more: dict[str, object], parameter: str) -> None:
    asked = {"upload": "x" * 32, "layer": "parcels", "source_date": "2021-05-01"}
    problem(desk.post("", asked | more), 400, parameter)


def test_half_a_file_is_not_handed_in(desk: Desk) -> None:
    place = begin(desk.client, desk.steward, 100, "half.gpkg").headers["location"].rpartition("/")[2]
    told = problem(desk.post("", {"upload": place, "layer": "parcels", "source_date": "2021-05-01"}), 409)
    assert "0 of 100" in told["detail"]
    desk.client.delete(f"/api/deliveries/uploads/{place}", headers=desk.steward)


@pytest.mark.parametrize(("language", "words"), [("vi", "phần đầu là tệp PDF"), ("en", "begins like a PDF")])
def test_a_file_that_is_not_what_its_name_says_is_told_and_removed(
    desk: Desk, language: str, words: str
) -> None:
    file = desk.folder / "scan.gpkg"
    file.write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    body = {"upload": desk.upload_file(file), "layer": "parcels", "source_date": "2021-05-01"}
    headers = desk.steward | {"Accept-Language": language}
    told = problem(desk.client.post("/api/deliveries", json=body, headers=headers), 422)
    assert words in told["detail"]
    assert told["findings"][0]["code"] == "unreadable"
    assert body["upload"] not in [each["id"] for each in desk.get("/uploads")]
