"""PyTorch's side of the benchmark suite."""
