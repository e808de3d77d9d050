"""The difference between the rows of a file and what is in force, feature by feature."""

from etl.delivery.comparing.compare import compare
from etl.delivery.comparing.summing import summarise

__all__ = ["compare", "summarise"]
