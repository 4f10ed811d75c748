"""What every service stands on: a library that services call, not a framework that calls them."""
