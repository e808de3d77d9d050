"""The sections of the extract, each made from one part of a document; what a document lacks is left out."""

from web_map.extract.sections.order import sections_of

__all__ = ["sections_of"]
