"""Texts of drawings come as they were written: in UTF-8 of newer ones, in the code page of older ones."""

from pathlib import Path

import pytest
import shapely

from etl.delivery.intake.codec import codec_of
from etl.delivery.receive import receive
from etl.delivery.source import open_source, read_pieces
from tests.support.dxf import Drawing

WORDS = "Đất ở đô thị"


def _drawn(path: Path, version: str) -> Path:
    drawn = Drawing()
    drawn.area("THỬA", shapely.box(0, 0, 10, 10))
    # Another number of corners than its neighbour.
    drawn.line("THỬA", [(20.0, 0.0), (30.0, 0.0), (25.0, 9.0)])
    drawn.text("CHỮ", (5.0, 5.0), WORDS)
    file = drawn.write(path, version=version)
    if version < "AC1021":
        # The tone beside its letter, as that page has it.
        apart = {
            "ử": "ư\u0309",
            "ữ": "ư\u0303",
            "ấ": "â\u0301",
            "ị": "i\u0323",
            "ở": "ơ\u0309",
            "Ử": "Ư\u0309",
            "Ữ": "Ư\u0303",
        }
        text = file.read_text(encoding="utf-8")
        file.write_bytes("".join(apart.get(letter, letter) for letter in text).encode("cp1258"))
    return file


@pytest.mark.parametrize(("version", "codec"), [("AC1032", "utf-8"), ("AC1015", "cp1258")])
def test_no_letter_is_lost(tmp_path: Path, version: str, codec: str) -> None:
    file = receive(_drawn(tmp_path / "a.dxf", version))
    assert codec_of(file.name, file.driver, Path(file.place), None) == codec
    source = open_source(file, None, None)
    (column,) = [name for name in source.fields if name.startswith("text_")]
    (piece,) = read_pieces(source, ["Layer", column], "Layer <> 'x'", areas=True)
    shapes = shapely.from_wkb(piece.geometry.to_pylist())
    assert shapely.get_type_id(shapes).tolist() == [3, 3, 0]
    told = [raw and raw.decode(codec) for raw in piece.columns[column].cast("binary").to_pylist()]
    assert told[0] is not None
    assert [letter for letter in told[0] if letter in "Đđ "] == list("Đ  đ ")
    assert told[0].endswith(("thị", "thi\u0323"))
