"""How good lists are by what agents found, and lists that wait until somebody confirms them (TASK-08, EVAL-05)."""
