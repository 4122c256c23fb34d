"""What the figures must reach, each against a figure of the same run."""

import dataclasses

import report
from report import Figure


@dataclasses.dataclass(frozen=True)
class Target:
    """`figure`, divided by `against` where there is one, is at least or below `bound`."""

    title: str
    figure: Figure
    against: Figure | None
    bound: float
    at_least: bool = True
    unit: str = "/s"
    as_loaded: bool = False

    def judge(self, rounds):
        """None if one of the figures was not measured."""
        if self.as_loaded:
            rounds = rounds[:1]  # the later ones have more records
        medians = report.medians(rounds)
        value = self.figure.of(medians)
        ratio = report.ratio(rounds, self.figure, self.against) if self.against else None
        measured = ratio if self.against else value
        if measured is None:
            return None
        return {"title": self.title, "figure": value, "unit": self.unit, "ratio": ratio,
                "against": self.against.of(medians) if self.against else None,
                "bound": self.bound, "atLeast": self.at_least,
                "met": measured >= self.bound if self.at_least else measured < self.bound}


def _against(title, key, peer, bound):
    return Target(title, Figure("catalogd", key), Figure(peer, key), bound)


TARGETS = (
    _against("saves, 64 connections, of PostgreSQL's", "saves/64", "PostgreSQL", 1.5),
    _against("saves, 64 connections, of the Python pool's", "saves/64", "Python pool", 5),
    _against("lookups, 64 connections, of PostgreSQL's", "lookups/64", "PostgreSQL", 1),
    _against("SaveMany of 1,000, of raw SQLite's", "saveMany/1000", "raw SQLite", 0.5),
    _against("SaveMany of 10,000, of raw SQLite's", "saveMany/10000", "raw SQLite", 0.5),
    Target("p99 of lookups beside eight lists, of that alone",
           Figure("catalogd", "lookupsBesideLists/1", "p99"),
           Figure("catalogd", "lookups/1", "p99"), 3, at_least=False, unit=" us"),
    Target("memory with 1,000 connections, as loaded",
           Figure("catalogd", "memory", "mebibytes"), None, 200, at_least=False, unit=" MiB",
           as_loaded=True),
)


def judge(rounds, targets=TARGETS):
    verdicts = (target.judge(rounds) for target in targets)
    return [verdict for verdict in verdicts if verdict is not None]
