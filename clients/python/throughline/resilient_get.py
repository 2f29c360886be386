"""One get: from the cache, or from the primary where the cache is slow or may be behind."""

from concurrent.futures import Future
from typing import Any, Callable, Generic, Optional, TypeVar

from hazelcast.proxy.map import Map

from throughline.breaker import Work
from throughline.cache_try import CacheTry
from throughline.fallbacks import Route
from throughline.member_answer import Kind, MemberAnswer
from throughline.outcomes import Reading, ServedBy
from throughline.overlay import Overlay
from throughline.running import Running
from throughline.settings import MapSettings
from throughline.failures import Patience
from throughline.shard import Stopwatch
from throughline.timeouts import Timeouts

V = TypeVar("V")


class ResilientGet(Running[Reading[V]], Generic[V]):
    """What was once read directly is read directly for one time to live."""

    def __init__(
        self,
        route: Route,
        settings: MapSettings,
        cache: "Map[str, Any]",
        overlay: Overlay,
        timeouts: Timeouts,
        value: Callable[[Any], Optional[V]],
    ):
        super().__init__(route)
        self._settings = settings
        self._cache = cache
        self._overlay = overlay
        self._timeouts = timeouts
        self._value = value
        self._breaker = route.breaker(Work.READ)
        self._key = route.operation.key

    def start(self) -> "Future[Reading[V]]":
        if self._key in self._overlay:
            self._from_the_shard(cache_asked=False, again=True)
        elif not self._breaker.allows():
            self._from_the_shard(cache_asked=False)
        else:
            CacheTry(self).start(lambda: self._cache.get(self._key), self._timeouts)
        return self.result

    def answered(self, answer: Any) -> None:
        self._breaker.succeeded()
        self.guarded(lambda: self.succeed(Reading(self._value(answer), ServedBy.CACHE)))

    def failed(self, error: Exception) -> None:
        self.guarded(lambda: self._failed(MemberAnswer.of(error)))

    def _failed(self, answer: MemberAnswer) -> None:
        if answer.kind in (Kind.REFUSED, Kind.REFUSED_BY_THIS_MEMBER):
            self._breaker.succeeded()
            self.fail(answer.refusal())
        else:
            self.given_up()

    def given_up(self) -> None:
        self._from_the_shard(cache_asked=True)

    def answered_late(self, _: Any) -> None:
        """The shard is being asked."""

    def failed_late(self, _: Exception) -> None: ...

    def _from_the_shard(self, cache_asked: bool, again: bool = False) -> None:
        self.guarded(lambda: self.on_lane(False, lambda patience: self._at_the_shard(patience, cache_asked, again)))

    def _at_the_shard(self, patience: Patience, cache_asked: bool, again: bool) -> None:
        stopwatch = Stopwatch()
        column = self.route.shard.read(self.route.operation, self._settings, patience)
        if cache_asked and stopwatch.seconds < self._timeouts.seconds:
            self._breaker.failed()
        if not again:
            self._overlay.add(self._key)
        self.succeed(Reading(self._value(column), ServedBy.SHARD))
