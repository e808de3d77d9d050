"""Writing features of a layer by hand, one at a time: what is sent is checked, stored, kept and told of."""
