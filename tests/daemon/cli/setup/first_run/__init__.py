"""A first run asks, explains and undoes nothing without a yes."""
