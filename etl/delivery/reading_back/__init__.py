"""What became of deliveries, as those who decide on them are told; read as the caller's own database role."""
