"""Rows of a selection as files people and programs open elsewhere; big ones made part by part."""
