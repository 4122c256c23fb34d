"""Medians of the rounds, and the tables that people read."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Figure:
    """One field of one measurement of one subject."""

    subject: str
    key: str
    field: str = "perSecond"

    def of(self, figures):
        """Its value in a round, or in the medians of all of them; None if not measured."""
        return figures.get(self.subject, {}).get(self.key, {}).get(self.field)


SUBJECTS = ("catalogd", "PostgreSQL", "Python pool", "raw SQLite")
RATES = (
    ("saves/1", "saves, 1 connection"),
    ("saves/8", "saves, 8 connections"),
    ("saves/64", "saves, 64 connections (raw: 64 rows per commit)"),
    ("savesNormal/1", "  the same, not durable: synchronous=NORMAL, 1"),
    ("savesNormal/8", "  8"),
    ("savesNormal/64", "  64"),
    ("saveMany/1000", "SaveMany of 1,000, rows"),
    ("saveMany/10000", "SaveMany of 10,000, rows"),
    ("lookups/1", "lookups, 1 connection"),
    ("lookups/64", "lookups, 64 connections"),
    ("lookups/1x16", "lookups, 1 connection, 16 in flight"),
    ("lookups/64x16", "lookups, 64 connections, 16 in flight each"),
    ("list", "List, streamed, rows"),
)
LATENCIES = (
    ("saves/1", "saves, 1 connection"),
    ("saves/8", "saves, 8 connections"),
    ("saves/64", "saves, 64 connections"),
    ("lookups/1", "lookups, 1 connection"),
    ("lookupsBesideLists/1", "lookups, 1 connection, beside eight full lists"),
    ("lookups/64", "lookups, 64 connections"),
)


# The order in which a round measures: what reads first, what makes the tables grow last.
KEYS = (
    "lookups/1", "lookupsBesideLists/1", "lookups/64", "lookups/1x16", "lookups/64x16", "list",
    "memory", "saves/1", "saves/8", "saves/64", "savesNormal/1", "savesNormal/8", "savesNormal/64",
    "saveMany/1000", "saveMany/10000",
)


def medians(rounds):
    """{subject: {key: {field: median of the rounds}}}"""
    return {
        subject: {
            key: {field: statistics.median(one[subject][key][field] for one in rounds)
                  for field, value in figures.items() if isinstance(value, (int, float))}
            for key, figures in keys.items()}
        for subject, keys in rounds[0].items()}


def ratio(rounds, figure, against):
    """The median of the rounds' ratios, or None if one of both was not measured.

    Both are measured within seconds of each other in a round, so a slow minute
    of the machine touches both of them.
    """
    pairs = [(figure.of(one), against.of(one)) for one in rounds]
    if any(value is None or not other for value, other in pairs):
        return None
    return statistics.median(value / other for value, other in pairs)


def _lines(rows):
    """Text in columns: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        yield "  ".join(cells).rstrip()


def _number(value):
    return "-" if value is None else f"{value:,.0f}"


def _ratio(value):
    return "-" if value is None else f"{value:.2f}"


def rate_table(figures, rounds):
    peers = SUBJECTS[1:]
    rows = [["per second", *SUBJECTS, *(f"/ {peer}" for peer in peers)]]
    for key, title in RATES:
        values = {name: figures.get(name, {}).get(key, {}).get("perSecond") for name in SUBJECTS}
        if any(value is not None for value in values.values()):
            ratios = (ratio(rounds, Figure("catalogd", key), Figure(peer, key)) for peer in peers)
            rows.append([title, *(_number(values[name]) for name in SUBJECTS),
                         *(_ratio(value) for value in ratios)])
    return list(_lines(rows))


def latency_table(figures):
    columns = (("catalogd", "p50"), ("catalogd", "p99"), ("catalogd", "max"),
               ("PostgreSQL", "mean"), ("Python pool", "p50"), ("Python pool", "p99"))
    rows = [["microseconds", *(f"{subject} {field}" for subject, field in columns)]]
    for key, title in LATENCIES:
        values = [figures.get(subject, {}).get(key, {}).get(field) for subject, field in columns]
        if any(value is not None for value in values):
            rows.append([title, *(_number(value) for value in values)])
    return list(_lines(rows))


def target_table(verdicts, judged):
    rows = [["target", "figure", "against", "ratio", "wanted", ""]]
    for verdict in verdicts:
        bound = f"{'>=' if verdict['atLeast'] else '<'} {verdict['bound']:g}"
        outcome = "met" if verdict["met"] else "MISSED"
        rows.append([
            verdict["title"], _number(verdict["figure"]) + verdict["unit"],
            "-" if verdict["against"] is None else _number(verdict["against"]) + verdict["unit"],
            _ratio(verdict["ratio"]), bound,
            outcome if judged else f"({outcome})"])
    return list(_lines(rows))


def growth(rounds):
    """How many records each subject held after the first and the last round."""
    parts = [f"{name} {_number(rounds[0][name]['records']['count'])} to"
             f" {_number(rounds[-1][name]['records']['count'])}"
             for name in SUBJECTS if name in rounds[0]]
    return "records after the first and the last round: " + ", ".join(parts)
