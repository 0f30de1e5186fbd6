"""The PyTorch side of the comparison."""
