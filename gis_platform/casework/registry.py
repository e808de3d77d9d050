"""Finding the workflows: every module or package of the layers room that holds a ``WORKFLOW`` is one."""

from collections.abc import Iterator, Mapping
from functools import cache

from gis_platform.casework.declaration import Workflow
from gis_platform.layer.registry import held_in, installed_layers, layer_packages


class Workflows(Mapping[str, Workflow]):
    """The workflows by name."""

    def __init__(self, workflows: list[Workflow]) -> None:
        self._workflows = {one.name: one for one in sorted(workflows, key=lambda one: one.name)}
        if len(self._workflows) != len(workflows):
            raise ValueError("two workflows have one name")

    def __getitem__(self, name: str) -> Workflow:
        return self._workflows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._workflows)

    def __len__(self) -> int:
        return len(self._workflows)


@cache
def installed_workflows() -> Workflows:
    """Every workflow of this installation.

    Raises:
        ValueError: one speaks of a layer that there is not, or that its readers do not see.
    """
    found = [one for one in held_in(layer_packages(), "WORKFLOW") if isinstance(one, Workflow)]
    layers = installed_layers()
    for one in found:
        layer = layers.get(one.subject or "")
        if one.subject is not None and (layer is None or one.readers - layer.audience):
            raise ValueError(f"workflow {one.name} speaks of {one.subject}, which its readers do not see")
    return Workflows(found)
