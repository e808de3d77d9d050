"""A refused file is read anew as the refusal proposes, and a stop is told in both languages."""

import psycopg

from tests.support.delivered import parcels, write_sample
from tests.support.desk import Desk
from tests.support.problems import problem

HELD = "source IN (SELECT regexp_replace(file_name, '\\..*$', '') FROM core.delivery)"


def test_the_proposed_grid_is_taken_with_one_word(desk: Desk) -> None:
    sample = parcels(6, "7").with_column("address", "đường Tôn Đức Thắng").said_to_be(5897)
    asked = {"upload": desk.upload(sample), "layer": "parcels", "source_date": "2021-09-01"}
    number = desk.post("", asked).json()["id"]
    told = desk.until(number, "refused")
    said = {finding["code"]: finding for finding in told["findings"]}
    assert said["other_crs"]["text_vi"].startswith("Theo hệ đã khai báo, cả 6 đối tượng")
    assert "Toạ độ khớp EPSG:9210" in said["grid_guess"]["text_vi"]
    (guess,) = told["summary"]["grid"]["guesses"]
    assert desk.post(f"/{number}/mapping", guess["accept"]).status_code == 202
    told = desk.until(number, "ready", "refused", "failed")
    assert (told["status"], told["read_as"]["srid"]) == ("ready", 9210)
    assert told["counts"]["changed_attributes"] == 6
    with psycopg.connect(desk.places.owner) as connection:
        (detail,) = connection.execute(
            "SELECT detail FROM core.audit_entry WHERE action = 'delivery.read-anew' AND subject LIKE %s",
            [f"%/{number}"],
        ).fetchone() or (None,)
    assert detail["said"] == {"crs": "EPSG:9210", "override_crs": True}


def test_a_layer_of_several_is_chosen(desk: Desk) -> None:
    file = desk.folder / "hai_lop.gpkg"
    write_sample(file, parcels(6, "7").with_column("address", "đường Lê Văn Duyệt"), layer="to_7")
    write_sample(file, parcels(2, "9"), layer="to_9", append=True)
    asked = {"upload": desk.upload_file(file), "layer": "parcels", "source_date": "2021-09-03"}
    number = desk.post("", asked).json()["id"]
    told = desk.until(number, "refused")
    assert told["summary"]["layers"] == ["to_7", "to_9"]
    (finding,) = told["findings"]
    assert (finding["code"], finding["text_vi"]) == (
        "several_layers",
        "Các lớp trong tệp: to_7, to_9. Cần chọn một lớp.",
    )
    assert desk.post(f"/{number}/mapping", {"file_layer": "to_7"}).status_code == 202
    assert desk.until(number, "ready", "refused", "failed")["counts"]["read"] == 6


def test_a_stop_is_told_in_both_languages(desk: Desk) -> None:
    sample = parcels(6, "7").with_column("address", "đường Trần Hưng Đạo")
    asked = {"upload": desk.upload(sample), "layer": "parcels", "source_date": "2021-09-02"}
    number = desk.post("", asked).json()["id"]
    desk.until(number, "ready")
    assert desk.post(f"/{number}/mapping", {"where": "khong_co = 1"}).status_code == 202
    told = desk.until(number, "failed", "ready", "refused")
    assert told["status"] == "failed"
    assert "khong_co = 1" in told["stopped"]["en"]
    assert told["stopped"]["vi"] == "Điều kiện chọn dòng “khong_co = 1” không dùng được với tệp này."
    assert told["decision_note"] is None
    # Read as it was, it goes on, and nothing speaks of the stop any more.
    assert desk.post(f"/{number}/mapping", {"where": None}).status_code == 202
    assert desk.until(number, "ready", "failed")["stopped"] is None


def test_no_files_name_is_told_to_the_public(desk: Desk) -> None:
    sample = parcels(6, "8").with_column("address", "đường Phan Bội Châu")
    number = desk.propose(sample)
    assert desk.get(f"/{number}")["source"] == "unnamed"
    assert desk.post(f"/{number}/approve", {}).status_code == 202
    desk.until(number, "applied")
    file_name = desk.get(f"/{number}")["file_name"].removesuffix(".gpkg")
    for path, told in (
        ("/api/freshness", "chưa ghi nguồn"),
        ("/do-moi-du-lieu", "chưa ghi nguồn"),
        ("/freshness?lang=en", "source not stated"),
        ("/ogc/catalogue/items/parcels?lang=vi", "chưa ghi nguồn"),
    ):
        answer = desk.client.get(path)
        assert answer.status_code == 200, path
        assert told in answer.text, path
        assert file_name not in answer.text.split(), path
    with psycopg.connect(desk.places.owner) as connection:
        row = connection.execute(f"SELECT count(*) FROM core.delivery WHERE {HELD}").fetchone()  # noqa: S608
    assert row == (0,)


def test_an_edit_by_hand_is_kept_or_corrected_and_nothing_else(desk: Desk) -> None:
    with psycopg.connect(desk.places.owner) as connection:
        connection.execute(
            "UPDATE layer.parcels SET address = 'sửa tay', delivery_id = NULL, source_date = '2026-01-05',"
            " valid_from = '2026-01-05' WHERE sheet_no = '8' AND parcel_no = '2'"
        )
    number = desk.propose(parcels(6, "8").with_column("address", "đường Lý Tự Trọng"))
    assert desk.get(f"/{number}")["doubtful"] == {"found": 1, "waiting": 1}
    (change,) = desk.get(f"/{number}/changes", doubtful="true")["changes"]
    assert change["evidence"]["edited_on"] == "2026-01-05"
    place = f"/{number}/changes/{change['change_no']}/decision"
    problem(desk.post(place, {"decision": "separate"}), 400, "decision")
    assert desk.post(place, {"decision": "kept"}).status_code == 204
    assert desk.post(f"/{number}/approve", {"note": "đã xem"}).status_code == 202
    desk.until(number, "applied")
    with psycopg.connect(desk.places.owner) as connection:
        held = connection.execute(
            "SELECT DISTINCT address FROM layer.parcels WHERE sheet_no = '8'"
        ).fetchall()
    assert sorted(held) == [("sửa tay",), ("đường Lý Tự Trọng",)]
