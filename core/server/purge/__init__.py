"""What has been kept for long enough is gone for good: from rows, from files, from the bytes beneath them (S8)."""
