"""An invented city for demonstrations, tests and benchmarks: staff, customers, tasks and past calls from a seed.

Everything hangs on `(seed, customer index, as_of)` alone, so a customer is the same in a world of any size. Bills come
from this room's own way of billing; nothing here asks the product's calculators.
"""
