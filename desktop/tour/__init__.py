"""The working day driven by hand: real server process, real windows, mouse and keys; pictures and tour.json."""
