"""How a delivered file comes in: uploaded in pieces, kept as it came, looked at before anything opens it."""
