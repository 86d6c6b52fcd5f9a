"""Dask as the engine: a cluster on this machine, one of whose workers is killed."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

import geo_events as ge
from geo_events.engines import find_crossings, read_stories

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of Dask, about ports and workers that went away
]
TOWNS = ("Malta", "Rome", "Cairo", "Ankara", "Tehran", "Baku", "Oslo", "Lima")


@pytest.fixture
def client():
    """A cluster of two worker processes on the loopback interface."""
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def kill_one_worker(client):
    """Kill a worker process; the nanny starts another."""
    pids = client.run(os.getpid)
    os.kill(next(iter(pids.values())), signal.SIGKILL)


def test_a_killed_dask_worker_costs_no_text(client):
    """20,000 texts come back once each, in order, though a worker was killed on the way."""
    texts = [f"{k} jets flew from {TOWNS[k % 8]} to {TOWNS[(k + 3) % 8]}." for k in range(20_000)]
    killed = []

    def tell(done, _total):
        if done > 5_000 and not killed:
            killed.append(done)
            kill_one_worker(client)

    found = read_stories(
        texts,
        tables=["stories", "mentions"],
        executor=client.get_executor(pure=False),
        workers=2,
        progress=tell,
    )
    assert killed
    assert found["stories"].index.tolist() == list(range(20_000))
    assert found["mentions"]["story"].tolist() == [k for k in range(20_000) for _ in range(2)]


def test_a_killed_dask_worker_costs_no_track(client):
    """200,000 tracks cross what they cross in one process, though a worker was killed."""
    rng = np.random.default_rng(3)
    tracks = np.column_stack(
        [rng.uniform(low, high, 200_000) for low, high in ((20, 30), (40, 50)) * 2]
    )
    killed = []

    def tell(done, _total):
        if not killed:
            killed.append(done)
            kill_one_worker(client)

    found = find_crossings(
        tracks, depth=False, executor=client.get_executor(pure=False), workers=2, progress=tell
    )
    assert killed
    assert_frame_equal(found, ge.find_crossings(tracks, depth=False))
