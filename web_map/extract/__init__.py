"""The A4 extract of a planning answer: one PDF/A-2b, Vietnamese first, drawn by a fixed typst template.

Nothing of a document is ever read as typst: its texts travel as JSON and are set as they are.
"""

from web_map.extract.document import extract_pdf
from web_map.extract.surroundings import Surroundings, read_surroundings

__all__ = ["Surroundings", "extract_pdf", "read_surroundings"]
