"""Everything one run of the suite finds, and the JSON it is kept in while the run goes on."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.sampling import Outcome
from tests.bench.whole import Peak, Start, Wait

NAME = "bench.json"


@dataclass
class Results:
    """The parts found so far; ``store`` after each one, so that nothing is measured in vain."""

    environment: dict[str, str]
    settings: dict[str, Any]
    sampling: list[Outcome] = field(default_factory=list)
    older: dict[str, list[Outcome]] = field(default_factory=dict)
    """By the name of a processor that numba was told to compile for."""
    waits: list[Wait] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    memory: list[Peak] = field(default_factory=list)

    def has_sampled(self, workload: str, rows: int) -> bool:
        return any(each.workload == workload and each.asked_rows == rows for each in self.sampling)

    def of_same_run(self, other: Results) -> bool:
        """Whether the other's figures may stand beside these: same machine, versions, settings."""
        return self.environment == other.environment and self.settings == other.settings

    def wrong(self) -> list[str]:
        """The contenders whose marginals are not ours."""
        return [
            f"{each.contender} on {each.workload}: {each.deviation:.2f} times what is tolerated"
            for each in self.sampling
            if each.deviation is not None and each.deviation > 1
        ]

    def store(self, folder: Path) -> None:
        """Write `bench.json` in a folder, made if need be; never half a file."""
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{NAME}.part"
        part.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")
        os.replace(part, folder / NAME)

    @classmethod
    def load(cls, path: Path) -> Results:
        told = json.loads(path.read_text("utf-8"))
        return cls(
            told["environment"],
            told["settings"],
            [Outcome(**each) for each in told["sampling"]],
            {name: [Outcome(**each) for each in found] for name, found in told["older"].items()},
            [Wait(**each) for each in told["waits"]],
            [Start(**each) for each in told["starts"]],
            [Peak(**each) for each in told["memory"]],
        )
