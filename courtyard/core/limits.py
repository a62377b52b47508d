"""How often one may do a thing. Counted in Redis when it is there, in this process when not.

Every limit is named here, so that the operator finds them in one place (docs/operate.md).
"""

import time
from typing import Any

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from courtyard.core.errors import TooMany

log = structlog.get_logger()

LIMITS = {
    "sign_in.address": parse("30 per minute"),
    "sign_in.account": parse("10 per minute"),
    "sign_in.pair": parse("5 per minute"),
    "refresh": parse("60 per minute"),
    "setup": parse("20 per minute"),
    "invite.look": parse("60 per minute"),
    "invite.join": parse("10 per minute"),
    "password": parse("5 per minute"),
    "ticket": parse("60 per minute"),
    "write": parse("600 per minute"),
    "create": parse("60 per minute"),
    "read": parse("3000 per minute"),
    "post": parse("1200 per minute"),
    "upload": parse("20 per minute"),
    "file": parse("120 per minute"),
    "chunk": parse("1200 per minute"),
    "report": parse("30 per minute"),
}

REDIS_REST = 5.0
FULL_BUCKETS = 10_000


class Buckets:
    """Limits of the hot paths: a bucket per subject that refills evenly. An eighth of the cost of
    a window, and as strict against a flood; who guesses secrets is counted by windows."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, ...], tuple[float, float]] = {}

    def take(self, item: RateLimitItem, key: tuple[str, ...]) -> bool:
        """Takes one use out of a bucket; False when it is empty."""
        now = time.monotonic()
        left, at = self._buckets.get(key, (item.amount, now))
        left = min(item.amount, left + (now - at) * item.amount / item.get_expiry())
        if left < 1:
            return False
        if len(self._buckets) >= FULL_BUCKETS:
            self._forget(now)
        self._buckets[key] = (left - 1, now)
        return True

    def _forget(self, now: float) -> None:
        """Drops what was not used for a minute, or everything: a flood of new subjects must not
        fill the memory."""
        self._buckets = {key: kept for key, kept in self._buckets.items() if now - kept[1] < 60}
        if len(self._buckets) >= FULL_BUCKETS:
            self._buckets.clear()


class Limiter:
    """Counts uses per name and subject (a user, an address, a pair of both)."""

    def __init__(self, redis_url: str | None, factor: float = 1.0) -> None:
        """`factor` widens every limit; drills and benchmarks set it, operators do not."""
        self._limits = {name: _widen(item, factor) for name, item in LIMITS.items()}
        self._local = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._here = Buckets()
        self._shared = _shared(redis_url)
        self._resting_until = 0.0

    async def hit(self, name: str, *subject: str) -> None:
        """Counts one use. Raises TooMany with the seconds to wait when it is one too many."""
        item = self._limits[name]
        if not await self._count(item, name, subject):
            raise TooMany(retry_after=max(1, item.get_expiry() // 6))

    async def hit_here(self, name: str, *subject: str) -> None:
        """Like `hit`, counted in this process only: for hot paths, where Redis would cost."""
        item = self._limits[name]
        if not self._here.take(item, (name, *subject)):
            raise TooMany(retry_after=max(1, item.get_expiry() // 6))

    async def _count(self, item: RateLimitItem, name: str, subject: tuple[str, ...]) -> bool:
        if self._shared and time.monotonic() > self._resting_until:
            try:
                return await self._shared.hit(item, name, *subject)
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("limits_local", kind=type(error).__name__)
                self._resting_until = time.monotonic() + REDIS_REST
        return await self._local.hit(item, name, *subject)


def _shared(redis_url: str | None) -> MovingWindowRateLimiter | None:
    if not redis_url:
        return None
    url = redis_url.replace("unix://", "async+redis+unix://", 1)
    url = url if url.startswith("async+") else f"async+{url}"
    options: dict[str, Any] = {"socket_connect_timeout": 1, "socket_timeout": 1}
    storage = RedisStorage(url, implementation="redispy", **options)
    return MovingWindowRateLimiter(storage)


def _widen(item: RateLimitItem, factor: float) -> RateLimitItem:
    return type(item)(max(1, int(item.amount * factor)), item.multiples)
