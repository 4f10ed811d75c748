"""Reports and the figures on them."""
