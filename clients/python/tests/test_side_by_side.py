"""Many futures as one."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from throughline.side_by_side import side_by_side


def ended(result: int) -> "Future[int]":
    future: "Future[int]" = Future()
    future.set_result(result)
    return future


def test_the_results_come_in_the_order_of_the_calls():
    with ThreadPoolExecutor(8) as threads:
        all = side_by_side({key: lambda key=key: threads.submit(lambda: -key) for key in range(1000)})
        assert list(all.result(10).items()) == [(key, -key) for key in range(1000)]


def test_calls_that_end_at_once_do_not_pile_up():
    assert len(side_by_side({key: lambda key=key: ended(key) for key in range(20_000)}).result(0)) == 20_000


def test_the_first_error_is_raised_when_all_have_ended():
    later: "list[Future[int]]" = [Future(), Future()]

    def refused() -> "Future[int]":
        raise ValueError("first")

    all = side_by_side({"a": lambda: later[0], "b": refused, "c": lambda: later[1]})
    later[1].set_exception(ValueError("second"))
    assert not all.done()
    later[0].set_result(1)
    with pytest.raises(ValueError, match="first"):
        all.result(0)


def test_only_so_many_are_under_way():
    lock, under_way, most = threading.Lock(), 0, 0

    def call() -> "Future[int]":
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        return threads.submit(end)

    def end() -> int:
        nonlocal under_way
        with lock:
            under_way -= 1
        return 0

    with ThreadPoolExecutor(2) as threads:
        side_by_side({key: call for key in range(2000)}).result(10)
    assert 2 <= most <= 128
