"""The map of the extract: vector drawing in millimetres of paper, at a round scale, north up."""
