"""The private PostgreSQL cluster under the data folder, and the check of a server of your own.

The modules that run the cluster use the standard library only, so that ``make clean`` can stop it when
the Python packages are gone.
"""

from gis_platform.cluster.lifecycle import Cluster, ensure_running, running_cluster, stop
from gis_platform.cluster.problem import ClusterProblem
from gis_platform.cluster.server_check import check_server

__all__ = ["Cluster", "ClusterProblem", "check_server", "ensure_running", "running_cluster", "stop"]
