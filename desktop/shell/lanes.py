"""The lanes of one desk's window, each for its kind of work (`desktop.jobs`, `agents_lane`)."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject

from core.store.courtesy import Courtesy
from desktop.jobs import Jobs
from desktop.lane import HeavyLane, Lane
from desktop.shell.agents_lane import AgentsLane, BesideTheCall, PatientLane


class Lanes(NamedTuple):
    store: Lane
    network: Lane
    agents: Lane
    """the call in hand: it goes first"""
    patient: Lane
    """what follows a step of the agent, and lets the next one pass"""
    heavy: HeavyLane
    """what takes seconds"""


def lanes_of(jobs: Jobs, asker: QObject, courtesy: Courtesy) -> Lanes:
    """Answers are dropped once `asker` is gone."""
    return Lanes(
        store=partial(jobs.store, asker),
        network=partial(jobs.network, asker),
        agents=AgentsLane(jobs, asker, courtesy),
        patient=PatientLane(jobs, asker, courtesy),
        heavy=BesideTheCall(jobs, asker, courtesy),
    )
