"""A process for each core, for proofs whose work can be shared: most of them would leave one idle."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor


def branched_off(count: int | None = None) -> ProcessPoolExecutor:
    """As many as there are cores, or `count`; they branch off at once and so have what is imported already.

    To be called before anything is open: threads, databases."""
    cores = ProcessPoolExecutor(count or os.cpu_count(), mp_context=multiprocessing.get_context("fork"))
    cores.submit(os.getpid).result()
    return cores
