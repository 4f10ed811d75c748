"""What is known of projects, and since when."""
