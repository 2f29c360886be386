"""Throughline's resilient map: what the cache doesn't answer in time is written to, or read from, its shard.

    grid = throughline.connect("throughline.yaml", ["127.0.0.1:5701"])
    kv = grid.map("kv")
    kv.put("hello", "world")
"""

from throughline.aio import AsyncResilientMap
from throughline.errors import RefusedError, SettingsError, ThroughlineError, UnknownOutcomeError
from throughline.grid import SERIALIZERS, ResilientGrid, connect
from throughline.outcomes import Decision, Reading, ServedBy
from throughline.resilient_map import ResilientMap

__all__ = [
    "SERIALIZERS",
    "AsyncResilientMap",
    "Decision",
    "Reading",
    "RefusedError",
    "ResilientGrid",
    "ResilientMap",
    "ServedBy",
    "SettingsError",
    "ThroughlineError",
    "UnknownOutcomeError",
    "connect",
]
