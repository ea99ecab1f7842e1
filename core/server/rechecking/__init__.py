"""Asking billing and CRM whether the reason for a call still holds (ID-11)."""
