"""Figures and calls taken away: workbooks, CSV; never half a file, never a formula that came with the data."""
