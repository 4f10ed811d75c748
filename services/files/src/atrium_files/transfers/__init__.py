"""Bytes in and out: uploads in parts, forms for browsers without scripts, downloads."""
