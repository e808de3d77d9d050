"""What the platform tells about itself: structured logs and Prometheus metrics."""
