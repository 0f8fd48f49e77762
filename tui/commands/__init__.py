"""The commands: each says all about itself."""
