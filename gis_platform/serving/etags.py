"""The tag of a feature: the same for one content in one reference system, whoever works it out."""

import re
from hashlib import blake2b

_TAG = re.compile(r'"([0-9]{4,6})-([0-9a-f]{24})"')


def feature_etag(content: bytes, srid: int) -> str:
    """The strong ETag of a feature from the bytes PostgreSQL made of it in the system ``srid``."""
    return f'"{srid}-{blake2b(content, digest_size=12).hexdigest()}"'


def tag_srid(tag: str) -> int | None:
    """The system a feature's ETag was made in; None where the text is no such tag."""
    match = _TAG.fullmatch(tag.strip())
    return int(match[1]) if match else None
