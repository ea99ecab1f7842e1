"""The parts of build/launch.py: the data folder, the embedded server, the processes."""
