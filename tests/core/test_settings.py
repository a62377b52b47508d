"""Settings: read from the environment, refused by name when wrong."""

import pytest

from courtyard.core.errors import StartupError
from courtyard.core.settings import Settings, load_settings
from tests.mutants import instead

MUTANTS = {
    "plain http for everybody": (
        instead("courtyard.core.settings.Settings", "loopback", property(lambda _: True)),
        ["test_other_machines_need_tls_or_a_proxy"],
    ),
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "DATABASE_URL", "REDIS_URL", "TLS", "TRUSTED_PROXY"):
        monkeypatch.delenv(f"COURTYARD_{name}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("PORT", "http", "integer"),
        ("PORT", "0", "greater than or equal to 1"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("DATABASE_URL", "mysql://localhost/courtyard", "postgresql://"),
        ("DATABASE_URL", "sqlite:///file", "postgresql://"),
        ("REDIS_URL", "localhost:6379", "redis://"),
        ("PUBLIC_URL", "chat.example.org", "https://chat.example.org"),
        ("PUBLIC_URL", "https://chat.example.org/path", "without a path"),
        ("WORKERS", "0", "greater than or equal to 1"),
        ("DATABASE_POOL", "1", "greater than or equal to 2"),
        ("EVENT_DAYS", "0", "greater than or equal to 1"),
        ("LOG_LEVEL", "loud", "'info'"),
        ("LIMIT_FACTOR", "0", "greater than 0"),
    ],
)
def test_a_wrong_setting_is_named_with_its_fix(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fix: str
) -> None:
    monkeypatch.setenv(f"COURTYARD_{name}", value)
    with pytest.raises(StartupError) as refused:
        load_settings()
    assert refused.value.message.startswith(f"COURTYARD_{name}: ")
    assert fix in refused.value.message
    assert "\n" not in refused.value.message


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURTYARD_PORT", "x")
    monkeypatch.setenv("COURTYARD_WORKERS", "x")
    with pytest.raises(StartupError) as refused:
        load_settings()
    assert "COURTYARD_PORT" in refused.value.message
    assert "COURTYARD_WORKERS" in refused.value.message


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "chat.example.org"])
def test_other_machines_need_tls_or_a_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("COURTYARD_HOST", host)
    with pytest.raises(StartupError) as refused:
        load_settings()
    assert "COURTYARD_TLS=1" in refused.value.message
    monkeypatch.setenv("COURTYARD_TRUSTED_PROXY", "10.0.0.1")
    assert load_settings().host == host
    monkeypatch.delenv("COURTYARD_TRUSTED_PROXY")
    monkeypatch.setenv("COURTYARD_TLS", "1")
    assert load_settings().tls


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_needs_nothing(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("COURTYARD_HOST", host)
    assert load_settings().loopback


def test_empty_means_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURTYARD_DATABASE_URL", "")
    monkeypatch.setenv("COURTYARD_REDIS_URL", "")
    settings = load_settings()
    assert (settings.database_url, settings.redis_url) == (None, None)


def test_every_setting_is_documented() -> None:
    from pathlib import Path  # noqa: PLC0415 - only here

    page = (Path(__file__).parents[2] / "docs" / "operate.md").read_text()
    missing = [n for n in Settings.model_fields if f"COURTYARD_{n.upper()}" not in page]
    assert not missing
