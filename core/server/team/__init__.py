"""A lead's day: what agents are doing, today's figures against targets, tasks moved and recalled."""
