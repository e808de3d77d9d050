"""The catalogue after OGC API Records: one record a layer, and the same as DCAT."""
