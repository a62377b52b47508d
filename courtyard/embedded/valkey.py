"""Valkey: a bus for hints. It keeps nothing; when it is gone, hints are late, never lost data."""

import signal
from pathlib import Path
from urllib.parse import quote

from courtyard.embedded.binaries import valkey_server
from courtyard.embedded.folder import DataFolder, make_service_folder
from courtyard.embedded.process import ChildSpec
from courtyard.embedded.wire import valkey_answers

SETTINGS = {
    "port": "0",  # the socket only
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "no",
    # Everything in it is a hint or a counter that expires: rather forget the oldest than refuse.
    "maxmemory": "64mb",
    "maxmemory-policy": "allkeys-lru",
    "hide-user-data-from-log": "yes",
    "enable-debug-command": "no",
    "daemonize": "no",
    "loglevel": "notice",
}


class Valkey:
    """The Valkey server of one data folder."""

    name = "valkey"

    def __init__(self, data_dir: Path | str) -> None:
        self.folder = DataFolder(data_dir)

    @property
    def socket(self) -> Path:
        return self.folder.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The address for redis-py."""
        return f"unix://{quote(str(self.socket))}"

    def prepare(self) -> None:
        """Make its folder and the copy of its program.

        Raises UnsupportedPlatform, DataFolderError.
        """
        self.folder.prepare()
        with self.folder.writing():
            make_service_folder(self.folder.home / "valkey", self.folder.account)
            valkey_server(self.folder.home)

    def child_spec(self) -> ChildSpec:
        """How to run it; call `prepare` first."""
        settings = {
            **SETTINGS,
            "unixsocket": str(self.socket),
            "dir": str(self.folder.home / "valkey"),
        }
        options = [part for key, value in settings.items() for part in (f"--{key}", value)]
        return ChildSpec(
            name=self.name,
            argv=[str(valkey_server(self.folder.home)), *options],
            env={"LC_ALL": "C", "TZ": "UTC"},
            user=self.folder.account,
            ready=self.ready,
            stop_signal=signal.SIGTERM,
            stop_timeout=5,
            log_path=self.folder.logs / "valkey.log",
            cwd="/",
        )

    def ready(self) -> bool:
        """Whether it answers."""
        return valkey_answers(self.socket)
