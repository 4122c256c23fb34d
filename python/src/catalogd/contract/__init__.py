"""A module of calls for each interface. Generated."""
