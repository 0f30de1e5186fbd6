"""The zoo: PyTorch recipes for the networks that Stitch Lab stitches."""
