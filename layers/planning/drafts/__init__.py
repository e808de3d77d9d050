"""Draft plans: what a plan that is not in force would change. Nothing in force is touched by them."""
