"""What the map looks like, worked out from the ``Style`` of each layer: MapLibre style, pictures, legend."""
