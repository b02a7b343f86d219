"""Mervis, a small assistant service: the sample that this repository deploys."""
