"""One application process: uvicorn on the listening socket that the launcher opened."""

import gc
import os

import uvicorn

from courtyard.core.protocol import HttpProtocol
from courtyard.core.settings import Settings, load_settings
from courtyard.realtime.sockets import SocketProtocol

SOCKET_MESSAGE_LIMIT = 65_536
PING_SECONDS = 20
PONG_SECONDS = 25
BACKLOG = 2048


def configuration(settings: Settings, descriptor: int | None) -> uvicorn.Config:
    """How uvicorn serves Courtyard; with a descriptor it accepts from that socket."""
    return uvicorn.Config(
        "courtyard.app:from_environment",
        factory=True,
        fd=descriptor,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=SOCKET_MESSAGE_LIMIT,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        ws_per_message_deflate=False,
        lifespan="on",
        backlog=BACKLOG,
        proxy_headers=settings.trusted_proxy is not None,
        forwarded_allow_ips=settings.trusted_proxy,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        ssl_certfile=str(settings.certificate) if settings.tls else None,
        ssl_keyfile=str(settings.certificate_key) if settings.tls else None,
    )


def main() -> None:
    """Serves until told to stop. The descriptor comes from the launcher."""
    descriptor = os.environ.get("COURTYARD_LISTEN_FD")
    config = configuration(load_settings(), int(descriptor) if descriptor else None)
    config.load()
    # What start-up made lives as long as the process: the collector need not walk it again.
    gc.collect()
    gc.freeze()
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
