"""What a run of draws is made with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from escape_route.distance.priors import Prior, Winding, with_own
from escape_route.errors import UsageError
from escape_route.geography import network
from escape_route.model.modes import Mode

DEFAULT_SEED = 2019
MOST_DRAWS = 1_000_000  # more would fill the memory and change no verdict
_AS_MANY = ": leave it out for as many as the printed digits need"


class Where(StrEnum):
    """Where the draws of a country that was only passed lie."""

    CROSSINGS = "crossings"
    NEAR = "anywhere_near"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of draws is made with; part of every result. `priors` stand in the place of ours, mode by mode.

    Without `draws` there are as many as the printed digits need. With `routes` each scope is
    measured on today's roads, railways and sea lanes too. `rho`, how alike the winding of legs is,
    stands in the place of what was estimated for each mode.
    """

    seed: int = DEFAULT_SEED
    draws: int | None = None
    rho: float | None = None
    where: Where = Where.CROSSINGS
    priors: tuple[Winding, ...] = ()
    routes: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.draws is not None and self.draws < 1:
            raise UsageError(f"draws: {self.draws} is not 1 or more{_AS_MANY}")
        if self.draws is not None and self.draws > MOST_DRAWS:
            raise UsageError(f"draws: {self.draws} is more than {MOST_DRAWS}{_AS_MANY}")
        if self.rho is not None and not 0 <= self.rho <= 1:
            raise UsageError(
                f"rho: {self.rho:g} is outside 0..1: leave it out for what was estimated for each mode"
            )
        if self.seed < 0:
            raise UsageError(
                f"seed: {self.seed} is below 0: any whole number from 0 up, such as {DEFAULT_SEED}"
            )
        if self.routes:
            network.require()

    @property
    def all_priors(self) -> dict[Mode, Prior]:
        """Prior of every mode as this run takes it."""
        return with_own(self.priors)
