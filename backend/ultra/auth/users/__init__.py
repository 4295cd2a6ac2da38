"""People: their address, their password, how they like to see the product."""
