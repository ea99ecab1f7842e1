"""The commands of `stayline-server`, one a file; each imports what it needs when it runs."""
