"""The pages of the 360° view: they lay cards out and put a presenter's values in; they decide nothing."""
