"""The core of the platform: what every room stands on, and the name of no layer."""

__version__ = "0.1.0"
