"""What changed from one version to another, in words."""
