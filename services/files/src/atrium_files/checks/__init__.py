"""Whether content is what it claims to be: the worker's part."""
