"""Who does the work: each engine spreads tasks over workers and gives the results as they come."""

from __future__ import annotations

from pipeline.batch import cluster, processes
from pipeline.batch.spread import Engine

ENGINES: dict[str, Engine] = {"local": processes.local, "dask": cluster.dask}
