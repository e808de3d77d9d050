"""Looking at the rows of a delivery before it is compared: coded rules, with what to look at for each."""

from etl.delivery.checking.report import write_report
from etl.delivery.checking.run import run_checks

__all__ = ["run_checks", "write_report"]
