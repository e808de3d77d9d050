"""The one error of the private cluster."""

from gis_platform.errors import Unavailable


class ClusterProblem(Unavailable):
    """The private database cannot be made, started or stopped; the detail says what to do."""

    code = "private-database"
