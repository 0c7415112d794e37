"""pomegranate: `BayesianNetwork.sample`, on torch with one thread."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Contest, Skipped

NAME = "pomegranate"


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    try:
        torch = import_module("torch")
        networks = import_module("pomegranate.bayesian_network")
        laws = import_module("pomegranate.distributions")
    except ImportError:
        raise Skipped("pomegranate is not installed") from None
    torch.set_num_threads(1)
    place = {each.column: number for number, each in enumerate(workload.variables)}
    distributions: list[Any] = []
    for each in workload.variables:
        table = torch.tensor(each.table, dtype=torch.float32)
        if each.parents:
            distributions.append(laws.ConditionalCategorical([table.tolist()]))
        else:
            distributions.append(laws.Categorical([table.tolist()]))
    edges = [
        (distributions[place[parent]], distributions[place[each.column]])
        for each in workload.variables
        for parent in each.parents
    ]
    network = networks.BayesianNetwork(distributions, edges)

    def draw(seed: int) -> Any:
        torch.manual_seed(seed)
        return network.sample(rows)

    def columns(table: Any) -> list[Any]:
        return [table[:, place[column]].numpy() for column in range(workload.columns)]

    return Contest(draw, columns)
