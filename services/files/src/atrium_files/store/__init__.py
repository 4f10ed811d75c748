"""The object store: signed addresses for browsers, and what the service itself does with objects."""
