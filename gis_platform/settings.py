"""Every setting of the platform, read from the environment by the caller and passed on as an argument.

Nothing reads a setting at import: two cities can live in one process, and a test can build its own.
"""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_FOR_COMMANDS = 40


class Settings(BaseSettings):
    """Settings of one running platform; each is the environment variable ``GIS_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="GIS_", env_ignore_empty=True, extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the web server listens on.")
    workers: int = Field(1, ge=1, le=64, description="Web server processes.")
    public_url: str | None = Field(None, description="Address people use, when a proxy stands in front.")
    trusted_proxies: str = Field("127.0.0.1", description="Proxies believed about a caller's address.")
    data_dir: Path = Field(Path(".data"), description="Folder of the private database, secrets and files.")
    database_url: str | None = Field(None, description="Your own PostgreSQL server; then no cluster is made.")
    database_port: int = Field(
        0, ge=0, le=65535, description="Local port of the private database; 0 picks one."
    )
    city: str = Field("my_tho", description="City profile: a name known to the platform, or a TOML file.")
    demo_parcels: int = Field(20_000, ge=1_000, le=5_000_000, description="Parcels in the demo city.")
    load_demo: bool = Field(True, description="Load the demo city into an empty database of its profile.")
    secret_key: SecretStr | None = Field(
        None, description="Signs cookies; made in the data folder if absent."
    )
    session_hours: int = Field(12, ge=1, le=168, description="Hours until a person must sign in again.")
    token_hours: int = Field(24, ge=1, le=8760, description="Hours until a program's bearer token expires.")
    pool_size: int = Field(4, ge=1, le=64, description="Warm database connections per process and pool.")
    tile_cache_mb: int = Field(
        64, ge=0, le=65_536, description="Memory for tiles per server process, in MB; 0 keeps none."
    )
    statement_timeout_ms: int = Field(15_000, ge=100, description="Longest a request's query may run.")
    upload_max_mb: int = Field(4096, ge=1, le=1_048_576, description="Largest file of an upload, in MB.")
    max_requests: int = Field(64, ge=1, le=10_000, description="Requests in progress in one process.")
    max_query_cost: int = Field(
        20_000_000, ge=1_000, description="Most work of one question, in the planner's units."
    )
    answers_per_minute: int = Field(
        60, ge=0, le=100_000, description="New planning answers a minute for one anonymous address."
    )
    log_format: Literal["console", "json"] = Field("console", description="Form of the log lines.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")
    run_jobs: bool = Field(True, description="Run background jobs inside the web server.")
    oidc_issuer: str | None = Field(None, description="OpenID Connect issuer; turns on that sign-in.")
    oidc_client_id: str | None = Field(None, description="Client id registered at the issuer.")
    oidc_client_secret: SecretStr | None = Field(None, description="Client secret registered at the issuer.")
    oidc_role_claim: str = Field("role", description="Claim of the id token that names the person's role.")

    document_max_mb: int = Field(20, ge=1, le=500, description="Largest document of a case, in MB.")
    filing_max_mb: int = Field(
        100, ge=1, le=2_000, description="All papers of one case filed on line together, in MB."
    )
    smtp_host: str | None = Field(
        None, description="Mail server that letters go out by; none are sent without."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way to the mail server is closed to others."
    )
    smtp_user: str | None = Field(None, description="Name to sign in with at the mail server.")
    smtp_password: SecretStr | None = Field(None, description="Password to sign in with at the mail server.")
    mail_from: str | None = Field(None, description="Address that letters come from.")
    webhook_url: str | None = Field(None, description="Address that is told of what happens to cases.")
    webhook_secret: SecretStr | None = Field(None, description="Signs what the webhook is told.")

    @field_validator("public_url", "webhook_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://none")
        if parts.scheme not in ("http", "https") or not parts.hostname or set(value or "") & set(" \t\n"):
            raise ValueError(f"{value!r} is not an address such as https://map.mytho.example")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database_address(cls, value: str | None) -> str | None:
        try:
            conninfo_to_dict(value or "")
        except ProgrammingError:
            wanted = "the value must be of the form postgresql://user:password@host:port/database"
            raise ValueError(wanted) from None  # the driver's words may repeat the password
        return value

    @model_validator(mode="after")
    def _oidc_is_whole(self) -> Self:
        parts = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(parts) and not all(parts):
            raise ValueError("GIS_OIDC_ISSUER, GIS_OIDC_CLIENT_ID and GIS_OIDC_CLIENT_SECRET go together")
        return self

    @model_validator(mode="after")
    def _ways_out_are_whole(self) -> Self:
        if (self.smtp_host is None) is not (self.mail_from is None):
            raise ValueError("GIS_SMTP_HOST and GIS_MAIL_FROM go together")
        if (self.smtp_user is None) is not (self.smtp_password is None):
            raise ValueError("GIS_SMTP_USER and GIS_SMTP_PASSWORD go together")
        if (self.webhook_url is None) is not (self.webhook_secret is None):
            raise ValueError("GIS_WEBHOOK_URL and GIS_WEBHOOK_SECRET go together")
        return self

    @property
    def most_connections(self) -> int:
        """Database connections that all server processes may hold at once, with room for commands beside."""
        return self.workers * self.process_connections + _FOR_COMMANDS

    @property
    def process_connections(self) -> int:
        """The most that one server process holds."""
        # The public's pool, the hot lines and the planning lines, pool_size each; the engine with as many
        # again on top; the queue; and those who listen: for changes, days, jobs, messages.
        return 5 * self.pool_size + max(4, self.pool_size) + 6

    @property
    def address(self) -> str:
        """Address to print and to put in links: no trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
