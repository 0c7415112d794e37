"""`texrc compile`: a plan as a Python module of its own, which needs numpy and numba only.

The module reads from the top: the columns, a function a column, `sample`, and then the
machinery that these use, which is a copy of the compiler's own (`texrc.codegen.sources`).
"""

from __future__ import annotations

import ast

from texrc.codegen.emit_names import inside_docstring, literal, module_name
from texrc.codegen.emit_steps import step_text
from texrc.codegen.emit_tables import Tables
from texrc.codegen.module_text import DECORATORS, compiled_part, plain_part
from texrc.codegen.plan import plan
from texrc.codegen.sources import DRIVER, MODULE_IMPORTS, needed
from texrc.ir.identity import spec_digest
from texrc.ir.network import ColumnType, Network, Node
from texrc.version import __version__

__all__ = ["emit_module", "module_name"]

SAMPLE = '''\
def sample(n, seed=0, first_row=0):
    """`n` rows from row `first_row` on: a dictionary of NumPy arrays, one a column.

    Labels come as codes: their places in LABELS[name]. Row i of a seed is always the same,
    whatever else is drawn. Raises ValueError for a row that cannot be drawn.
    """
    return draw_rows(DATASET, NAMES, KINDS, STEPS, n, seed, first_row)


def main():
    """Rows as CSV: see `--help`."""
    run_command(sample, NAMES, LABELS, BOOLEANS)
'''

MODEL_HEADING = "the model: a function a column, parents first, with their numbers"

MOST_PARENTS = 8
"""Parents that are told beside a function."""

END = """\
if __name__ == "__main__":
    # numba looks up what it kept on disk by the name that the module is imported by.
    sys.modules.setdefault(Path(__file__).stem, sys.modules["__main__"])
    main()
"""


def emit_module(network: Network) -> str:
    """The text of a sampler module for a network that passed every check.

    Raises `TexrError` as `texrc.codegen.plan.plan` does.
    """
    made = plan(network)
    tables = Tables()
    told = {node.column: _told(network, node) for node in network.nodes or ()}
    functions = [
        step_text(step, made.layouts[step.column], told[step.column], tables) for step in made.steps
    ]
    model = "\n\n".join(functions)
    order = "".join(f"    draw_{step.column},\n" for step in made.steps)
    kinds = "".join(f'    "{layout.dtype}",\n' for layout in made.layouts)
    packed = "\n".join(tables.packed)
    own = f"{model}\n{SAMPLE}\n{packed}"
    pieces = needed({node.id for node in ast.walk(ast.parse(own)) if isinstance(node, ast.Name)})
    compiled = [piece for piece in pieces if piece.module not in DRIVER]
    parts = [
        _docstring(network),
        f"from __future__ import annotations\n\n{MODULE_IMPORTS}",
        _data(network, kinds),
        f"{_heading(MODEL_HEADING)}\n\n{model}",
        f"STEPS = (\n{order})",
        SAMPLE,
        f"{_heading('drawing')}\n\n{plain_part(p for p in pieces if p.module in DRIVER)}",
        f"{_heading('what numba compiles')}\n\n{DECORATORS}",
        compiled_part(compiled),
    ]
    if packed:
        parts.append(f"{_heading('large tables')}\n\n{packed}")
    return "\n\n\n".join(part.strip("\n") for part in [*parts, END]) + "\n"


def _told(network: Network, node: Node) -> str:
    """A column's name, and its parents with the numbers that they have in the functions."""
    parents = [f"{parent} {network.columns[parent].name}" for parent in node.parents]
    if len(parents) > MOST_PARENTS:
        parents[MOST_PARENTS:] = [f"{len(parents) - MOST_PARENTS} more"]
    name = network.columns[node.column].name
    return f"{name} | {', '.join(parents)}" if parents else name


def _heading(title: str) -> str:
    return f"# === {title} {'=' * (92 - len(title))}"


def _docstring(network: Network) -> str:
    title = inside_docstring(network.title or network.name)
    name = module_name(network.name)
    return f'''\
"""{title}

A sampler that texrc {__version__} made from a spec. It needs numpy and numba:

    python {name}.py -n 1000 --seed 7 -o rows.csv

    from {name} import LABELS, sample
    columns = sample(1000, seed=7)

The first rows take some seconds, in which numba compiles. The same seed gives the same
bytes as `texrc sample` with this version, on every machine.

Spec digest: {spec_digest(network)}
"""'''


def _tuple(labels: tuple[str, ...]) -> str:
    return f"({', '.join(map(literal, labels))}{',' if len(labels) == 1 else ''})"


def _data(network: Network, kinds: str) -> str:
    """The names and labels, and nothing of the model."""
    columns = network.columns
    names = "".join(f"    {literal(column.name)},\n" for column in columns)
    told = "".join(
        f"    {literal(column.name)}: {literal(column.description)},\n"
        for column in columns
        if column.description
    )
    labels = "".join(
        f"    {literal(column.name)}: {_tuple(column.labels)},\n"
        for column in columns
        if column.is_discrete
    )
    booleans = [literal(column.name) for column in columns if column.type is ColumnType.BOOLEAN]
    return f"""\
DATASET = {literal(network.name)}
NAMES = (
{names})
DESCRIPTIONS = {{
{told}}}
LABELS = {{
{labels}}}
BOOLEANS = frozenset([{", ".join(booleans)}])
KINDS = (
{kinds})
"""
