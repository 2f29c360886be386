"""What the members say they sent to the shards."""

import re
import urllib.request
from dataclasses import dataclass
from typing import Any, Callable


@dataclass(frozen=True)
class Traffic:
    """Rows written or deleted, and keys looked up."""

    stores: int
    loads: int

    def since(self, earlier: "Traffic") -> "Traffic":
        return Traffic(self.stores - earlier.stores, self.loads - earlier.loads)


class Counts:
    """Counts are of the whole grid, so nobody else may use it meanwhile."""

    def __init__(self, metrics_urls: list[str]):
        self._metrics_urls = metrics_urls

    def now(self) -> Traffic:
        pages = [self._scrape(url) for url in self._metrics_urls]
        return Traffic(
            stores=sum(_sum(page, "throughline_batch_rows_sum") for page in pages),
            loads=sum(_sum(page, "throughline_load_keys_sum") for page in pages),
        )

    def during(self, call: Callable[[], Any]) -> tuple[Any, Traffic]:
        """What the call returned, and what it made the members send."""
        before = self.now()
        result = call()
        return result, self.now().since(before)

    @staticmethod
    def _scrape(url: str) -> str:
        with urllib.request.urlopen(url, timeout=10) as page:
            return page.read().decode()


def _sum(page: str, metric: str) -> int:
    samples = re.findall(rf"^{metric}(?:\{{.*\}})? (\S+)$", page, re.MULTILINE)
    return int(sum(float(sample) for sample in samples))
