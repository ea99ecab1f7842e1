"""What the 360° view says, part by part, as plain values: no Qt, nothing decided but how a figure is read."""
