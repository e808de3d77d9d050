"""A delivered file on its way into a layer: received, read, checked, compared, applied, or refused whole."""
