"""Architectures, one a file, with torchvision's parameter names."""
