"""Every text of the repository: sources, documents, and the files beside them."""

from collections.abc import Iterator
from pathlib import Path

from tests.support.queries import ROOT

_MADE = ("node_modules", "__pycache__", "test-results", "test-artifacts", ".bootstrap.log", ".env")


def repository_texts() -> Iterator[tuple[str, str]]:
    """Path within the repository and content of each text that people wrote, not what commands made."""
    for file in sorted(_files(ROOT)):
        try:
            yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font


def _files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        made = entry.name in _MADE or entry.name.endswith(".egg-info")
        hidden_folder = entry.is_dir() and entry.name.startswith(".") and entry.name != ".ci"
        if made or hidden_folder or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file():
            yield entry
