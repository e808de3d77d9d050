"""The layers of a city: one module and its ``.sql`` twin each, found by themselves."""
