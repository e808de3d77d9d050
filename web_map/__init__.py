"""The public map: the page, styles made from the layers, and maps people save. No second list of layers."""
