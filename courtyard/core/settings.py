"""Settings: read once from the environment, typed, and refused clearly when wrong."""

import ipaddress
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from courtyard.core.errors import StartupError

# The embedded database takes 200; some are left for commands.
EMBEDDED_CONNECTIONS = 190


class Settings(BaseSettings):
    """Everything an operator can set. Every name is prefixed with `COURTYARD_`."""

    model_config = SettingsConfigDict(
        env_prefix="COURTYARD_", env_ignore_empty=True, extra="ignore", frozen=True
    )

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    data_dir: Path = Path("data")
    database_url: str | None = None
    redis_url: str | None = None
    workers: int = Field(1, ge=1, le=64)
    database_pool: int = Field(12, ge=2, le=200)
    trusted_proxy: str | None = None
    """Address of the reverse proxy whose X-Forwarded-* headers are believed."""
    public_url: str | None = None
    """The one origin people use, e.g. https://chat.example.org; needed behind a proxy."""
    tls: bool = False
    """Serve https with a certificate of a local authority made at first start."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "text"] = "auto"
    event_days: int = Field(30, ge=1)
    """Events older than this many days are pruned; clients that were away longer start afresh."""
    file_limit_mb: int = Field(100, ge=1, le=10_000)
    """The largest file, in megabytes (10⁶ bytes)."""
    file_quota_gb: float | None = Field(None, gt=0)
    """What all files of the workspace may take together, in gigabytes (10⁹ bytes)."""
    limit_factor: float = Field(1.0, gt=0)
    """Widens every rate limit; for drills and benchmarks."""
    licence_keys: str = ""
    """Public keys whose licences are believed besides those built in: base64, between blanks."""
    setup_code: str | None = None
    """Asked for by the first-run wizard when the server is reachable from other machines."""

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, url: str | None) -> str | None:
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return url or None

    @field_validator("redis_url")
    @classmethod
    def _redis_only(cls, url: str | None) -> str | None:
        if url and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return url or None

    @field_validator("public_url")
    @classmethod
    def _origin_only(cls, url: str | None) -> str | None:
        if url and (not url.startswith(("http://", "https://")) or url.count("/") != 2):
            raise ValueError("must be an origin like https://chat.example.org, without a path")
        return url or None

    @model_validator(mode="after")
    def _connections_suffice(self) -> Self:
        """Every process takes two pools and a few connections for its jobs."""
        wanted = self.workers * (2 * self.database_pool + 4)
        if self.database_url is None and wanted > EMBEDDED_CONNECTIONS:
            raise ValueError(
                f"COURTYARD_WORKERS times COURTYARD_DATABASE_POOL want {wanted} connections and "
                f"the embedded database has {EMBEDDED_CONNECTIONS}. Lower one of them"
            )
        return self

    @model_validator(mode="after")
    def _plain_http_stays_home(self) -> Self:
        """Browsers drop `__Host-` cookies and forbid microphones on plain http elsewhere."""
        if not self.loopback and not (self.tls or self.trusted_proxy):
            raise ValueError(
                "COURTYARD_HOST opens the server to other machines over plain http. "
                "Set COURTYARD_TLS=1 or COURTYARD_TRUSTED_PROXY=<address of your proxy>"
            )
        return self

    @property
    def certificate(self) -> Path:
        """The server's certificate chain, made at first start when `tls` is set."""
        return self.data_dir / "tls" / "server.pem"

    @property
    def certificate_key(self) -> Path:
        """The key of that certificate."""
        return self.data_dir / "tls" / "server.key"

    @property
    def reachable(self) -> bool:
        """Whether others than the person at this machine can reach the server, a proxy on the
        same machine included."""
        return not self.loopback or bool(self.trusted_proxy or self.public_url)

    def for_launcher(self) -> dict[str, str]:
        """What the launcher reads from its environment, as it was understood here."""
        return {
            "COURTYARD_HOST": self.host,
            "COURTYARD_PORT": str(self.port),
            "COURTYARD_DATA_DIR": str(self.data_dir),
            "COURTYARD_WORKERS": str(self.workers),
            "COURTYARD_TLS": "1" if self.tls else "",
            "COURTYARD_LOG_FORMAT": self.log_format,
        }

    @cached_property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def load_settings() -> Settings:
    """Reads the environment. Raises StartupError that names the wrong setting and the fix."""
    try:
        return Settings()
    except ValidationError as error:
        raise StartupError(
            "; ".join(_sentence(e["loc"], e["msg"]) for e in error.errors())
        ) from None


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"COURTYARD_{str(location[0]).upper()}: {message}" if location else message
