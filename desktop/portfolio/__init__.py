"""My customers: a phone account manager's named portfolio."""
