"""Cases over HTTP: lists, one case, moves, documents, files, and following one by its code."""
