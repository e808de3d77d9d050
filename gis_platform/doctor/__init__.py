"""``gis-platform doctor``: what is there, what is missing, and how to get it, in plain words."""

from gis_platform.doctor.command import doctor, run_doctor
from gis_platform.doctor.finding import Finding

__all__ = ["Finding", "doctor", "run_doctor"]
