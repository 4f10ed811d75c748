"""What the demo tells: two customers with two projects each. Dates are working days from today."""
