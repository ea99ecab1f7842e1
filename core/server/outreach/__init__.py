"""Texts, automated calls and visits of campaigns (CHANNEL-01): out through one port, reports back."""
