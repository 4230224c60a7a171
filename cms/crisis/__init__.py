"""Keeps crisis help there and confirmed wherever pages say something about health."""
