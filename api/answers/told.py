"""A kept answer as it is told: what was answered, between its id and its receipt."""

from typing import Any

from layers.planning.kept import Kept, withheld_told


def receipt(kept: Kept, address: str) -> dict[str, Any]:
    """What names a kept answer and lets anybody check a copy: ``sha256`` is of the bytes at ``document``.

    ``files`` are its forms to keep: the paper, the map in one file, and the answer by its schema.
    """
    url = f"{address}/answers/{kept.id}"
    return {
        "id": kept.id,
        "sha256": kept.sha256,
        "made_at": kept.made_at.isoformat(),
        "url": url,
        "document": f"{url}/document",
        "files": {kind: f"{url}.{kind}" for kind in ("pdf", "html", "json")},
        "statement": kept.statement,
        **withheld_told(kept),
    }


def answer_told(kept: Kept, address: str) -> dict[str, Any]:
    """The whole of a kept answer."""
    return {"id": kept.id, **kept.document, "receipt": receipt(kept, address)}
