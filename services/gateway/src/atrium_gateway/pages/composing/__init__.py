"""From the services' JSON to the shapes that templates are given. Pure: no requests, no clock of their own."""
