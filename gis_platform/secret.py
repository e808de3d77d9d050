"""The platform's one secret: signs cookies, and from it follow the passwords of its database logins."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from gis_platform.settings import Settings


def secret_key(settings: Settings) -> bytes:
    """The key from the settings, or the one kept in the data folder, made at first use (mode 0600)."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    file = settings.data_dir / "secret.key"
    if not file.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        write_private(file, secrets.token_hex(32))
    return file.read_text(encoding="ascii").strip().encode()


def derived_password(settings: Settings, login: str) -> str:
    """The password of one of the platform's own database logins."""
    return hmac.new(secret_key(settings), f"database:{login}".encode(), hashlib.sha256).hexdigest()


def write_private(file: Path, content: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(content)
    temporary.replace(file)
