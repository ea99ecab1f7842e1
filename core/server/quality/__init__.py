"""Quality inspection at the server: which calls are looked at, who scores them, which saves are asked after."""
