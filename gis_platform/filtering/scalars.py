"""What can stand on a side of a comparison: properties, values, folded texts, sums."""

from typing import Any

from gis_platform.filtering.arithmetic import OPERATORS, computed, require_few
from gis_platform.filtering.refusal import refused, shown
from gis_platform.filtering.scope import Operand, Scope
from gis_platform.filtering.texts import FOLDINGS, folded
from gis_platform.filtering.values import value_of


def arguments(node: dict[str, Any], op: str, count: int) -> list[Any]:
    """The arguments of an operator; raises BadParameter unless there are just so many."""
    args = node.get("args")
    if not isinstance(args, list) or len(args) != count:
        raise refused(f"{op.upper()} takes {count} argument{'s' if count > 1 else ''}.")
    return args


def operand(scope: Scope, node: Any) -> Operand:
    """One side of a comparison.

    Raises:
        BadParameter: it is nothing that has a value, or speaks of a property there is not.
    """
    if node is None:
        raise refused("nothing equals NULL; write IS NULL or IS NOT NULL.")
    value = value_of(node)
    if value is not None:
        return value
    if isinstance(node, dict) and set(node) == {"property"}:
        return scope.property(node["property"])
    op = node.get("op") if isinstance(node, dict) else None
    name = op.casefold() if isinstance(op, str) else None
    if name in FOLDINGS:
        return folded(scope, name, operand(scope, arguments(node, name, 1)[0]))
    if name in OPERATORS:
        require_few(node)
        left, right = (operand(scope, one) for one in arguments(node, name, 2))
        return computed(scope, name, left, right)
    raise refused(f"{_named(node)} has no value to compare.")


def _named(node: Any) -> str:
    if isinstance(node, dict) and isinstance(node.get("op"), str):
        return f"the function {shown(node['op'])}"
    return "a list" if isinstance(node, list) else "an object"
