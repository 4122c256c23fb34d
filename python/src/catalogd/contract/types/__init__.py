"""What the calls take and return. Generated."""
