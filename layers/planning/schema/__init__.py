"""The published JSON Schema (draft 2020-12) of the planning answer: every member, its unit, its grid.

Written by hand beside what makes the answer, and held against real answers in tests: a member that is
missing, misspelt or new without a word here is found. Lists of codes are those of the code that writes them.
"""

from layers.planning.schema.document import ADDRESS, MEDIA_TYPE, answer_schema

__all__ = ["ADDRESS", "MEDIA_TYPE", "answer_schema"]
